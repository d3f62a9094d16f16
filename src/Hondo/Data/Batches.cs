using System.Collections;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// A data set in batches, epoch after epoch. Each batch is a function of (seed, epoch, number) alone: the same for any
/// number of workers, and after resuming anywhere. Making one allocates nothing.
/// </summary>
public sealed class Batches : IEnumerable<Batch>
{
    readonly BatchMaker _maker;
    readonly BatchBuffer _own;
    readonly Leaf[] _inputs, _targets;
    readonly int _shortCount;
    BatchBuffer[]? _ring;
    Prefetcher? _prefetcher;
    CancellationToken _cancellation;
    int _pass;

    /// <summary>Batches of a data set.</summary>
    /// <exception cref="ArgumentException">The size is below 1, workers are below 0, or the normalization was fitted on
    /// other features.</exception>
    public Batches(Dataset data, BatchOptions options)
    {
        if (options.Size < 1)
            throw new ArgumentException($"A batch needs at least 1 sample, but its size is {options.Size}.",
                nameof(options));
        if (options.Mixes.Count > 0 && !data.Targets.HasLabels)
            throw new ArgumentException($"{options.Mixes[0]} mixes classes, but {data.Name} has numbers as targets.",
                nameof(options));
        if (options.Transform is { } transform)
            Augmentation.CheckTargets(transform, data);
        if (options.Workers < 0)
            throw new ArgumentException($"{options.Workers} workers cannot be: choose 0 or more.", nameof(options));
        // The windows of a text follow each other, one of each stream: its layout is the order.
        if (data.Features.Streams is { } layout)
            options = options with { Size = layout.Streams };
        (Data, Options, _maker) = (data, options, new BatchMaker(data, options));
        Count = (int)(((long)data.Count + options.Size - 1) / options.Size);
        _shortCount = data.Count - (Count - 1) * options.Size;
        int full = Math.Min(options.Size, data.Count);
        bool isMixed = options.Mixes.Count > 0;
        Shape each = isMixed ? [data.Classes.Count] : data.Targets.Each;
        _own = new BatchBuffer(checked(full * data.Sample.Size), full * each.Size);
        // The leaves stay the same from step to step, so that the tape can replay; a short last batch has its own.
        _inputs = [.. new[] { full, _shortCount }.Select(count => new Leaf([count, .. data.Sample],
            data.Features.Type, "Inputs", default))];
        DType type = isMixed ? DType.Float32 : data.Targets.Type;
        _targets = [.. new[] { full, _shortCount }.Select(count =>
            new Leaf([count, .. each], type, type == DType.Int32 ? "Labels" : "Targets", default))];
    }

    /// <summary>What the batches are made of.</summary>
    public Dataset Data { get; }

    /// <summary>How they are made.</summary>
    public BatchOptions Options { get; }

    /// <summary>How many batches an epoch has.</summary>
    public int Count { get; }

    /// <summary>The epoch that the next plain <c>foreach</c> goes through; each one is the next.</summary>
    public int NextEpoch { get; set; }

    /// <summary>The batches of an epoch: <c>foreach (var (inputs, targets) in batches.Epoch(3))</c>.</summary>
    /// <param name="epoch">Which epoch, from 0.</param>
    /// <param name="start">How many batches are done already: where a resumed run goes on.</param>
    /// <param name="cancellation">Ends the epoch with an <see cref="OperationCanceledException"/>.</param>
    public BatchSequence Epoch(int epoch, int start = 0, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count);
        return new(this, epoch, start, cancellation);
    }

    /// <summary>Goes through <see cref="NextEpoch"/>.</summary>
    public BatchSequence.Enumerator GetEnumerator() => Epoch(NextEpoch++).GetEnumerator();

    IEnumerator<Batch> IEnumerable<Batch>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Begins an epoch, ends the one before, and returns the number by which to ask for its batches.</summary>
    internal int Begin(int epoch, int start, CancellationToken cancellation)
    {
        Stop();
        _maker.Begin(epoch);
        _cancellation = cancellation;
        if (Options.Workers > 0)
        {
            _ring ??= [.. Enumerable.Range(0, Prefetcher.RingLength(Options.Workers))
                .Select(_ => new BatchBuffer(_own.Inputs.Length / sizeof(float), _own.Targets.Length / sizeof(float)))];
            _prefetcher = new Prefetcher(_maker, _ring, start, Count, cancellation);
        }
        return ++_pass;
    }

    internal Batch Make(int number, int pass)
    {
        if (pass != _pass)
            throw new InvalidOperationException($"Another pass over {Data.Name} has begun, which refills the same "
                + "memory. Finish one before the next, or make other Batches of the same data.");
        _cancellation.ThrowIfCancellationRequested();
        BatchBuffer buffer = _prefetcher?.Take(number) ?? _own;
        if (buffer == _own)
            _maker.Fill(number, buffer.Inputs, buffer.Targets);
        int kind = number < Count - 1 || _shortCount == _inputs[0].Shape[0] ? 0 : 1;
        Leaf inputs = _inputs[kind], targets = _targets[kind];
        inputs.Value = buffer.Inputs.Slice(0, inputs.Shape.Size * sizeof(float));
        targets.Value = buffer.Targets.Slice(0, targets.Shape.Size * sizeof(float));
        return new(number, new Tensor(inputs, 0), new Tensor(targets, 0), _maker.Rows(number),
            _maker.Weight(number));
    }

    internal void End(int pass)
    {
        if (pass == _pass)
            Stop();
    }

    void Stop()
    {
        _prefetcher?.Stop();
        _prefetcher = null;
    }
}

/// <summary>The batches of one epoch, to go through with <c>foreach</c>.</summary>
public readonly struct BatchSequence : IEnumerable<Batch>
{
    readonly Batches _batches;
    readonly int _epoch, _start;
    readonly CancellationToken _cancellation;

    internal BatchSequence(Batches batches, int epoch, int start, CancellationToken cancellation) =>
        (_batches, _epoch, _start, _cancellation) = (batches, epoch, start, cancellation);

    /// <summary>Starts the pass.</summary>
    public Enumerator GetEnumerator() => new(_batches, _batches.Begin(_epoch, _start, _cancellation), _start);

    IEnumerator<Batch> IEnumerable<Batch>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Where a pass stands.</summary>
    public struct Enumerator : IEnumerator<Batch>
    {
        readonly Batches _batches;
        readonly int _pass;
        int _next;

        internal Enumerator(Batches batches, int pass, int start) => (_batches, _pass, _next) = (batches, pass, start);

        /// <summary>The batch; its tensors are refilled by the next.</summary>
        public Batch Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <summary>Makes the next batch.</summary>
        /// <exception cref="OperationCanceledException">The epoch was cancelled.</exception>
        public bool MoveNext()
        {
            if (_next >= _batches.Count)
                return false;
            Current = _batches.Make(_next++, _pass);
            return true;
        }

        readonly void IEnumerator.Reset() =>
            throw new NotSupportedException("A pass goes forward: call GetEnumerator for another.");

        /// <summary>Ends the pass, and its workers.</summary>
        public readonly void Dispose() => _batches.End(_pass);
    }
}
