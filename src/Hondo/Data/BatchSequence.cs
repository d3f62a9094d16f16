namespace Hondo.Data;

/// <summary>The batches of one epoch, to go through with <c>foreach</c>.</summary>
public readonly struct BatchSequence
{
    readonly Batches _batches;
    readonly int _epoch, _start;
    readonly CancellationToken _cancellation;

    internal BatchSequence(Batches batches, int epoch, int start, CancellationToken cancellation) =>
        (_batches, _epoch, _start, _cancellation) = (batches, epoch, start, cancellation);

    /// <summary>Starts the pass.</summary>
    public Enumerator GetEnumerator() => new(_batches, _batches.Begin(_epoch, _start, _cancellation), _start);

    /// <summary>Where a pass stands.</summary>
    public struct Enumerator : IDisposable
    {
        readonly Batches _batches;
        readonly int _pass;
        int _next;

        internal Enumerator(Batches batches, int pass, int start) => (_batches, _pass, _next) = (batches, pass, start);

        /// <summary>The batch; its tensors are refilled by the next.</summary>
        public Batch Current { get; private set; }

        /// <summary>Makes the next batch.</summary>
        /// <exception cref="OperationCanceledException">The epoch was cancelled.</exception>
        public bool MoveNext()
        {
            if (_next >= _batches.Count)
                return false;
            Current = _batches.Make(_next++, _pass);
            return true;
        }

        /// <summary>Ends the pass, and its workers.</summary>
        public readonly void Dispose() => _batches.End(_pass);
    }
}
