using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// Samples of many callers that are computed in one batch. While a batch runs, the next one gathers; there is no thread
/// that waits when there is nothing to do.
/// </summary>
sealed class MicroBatches(Predictor predictor)
{
    readonly Lock _gate = new();
    readonly LinkedList<Request> _waiting = [];
    bool _isRunning;

    public int MaxBatch { get; set; } = 64;

    public TimeSpan MaxDelay { get; set; }

    public Task<Tensor> Add(Tensor sample, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<Tensor>(cancellation);
        if (sample.DType != DType.Float32 || sample.Shape.Rank == Shape.MaxRank)
            throw new ShapeException($"A sample to predict must be Float32 with at most {Shape.MaxRank - 1} axes, "
                + $"but got {sample.DType} {sample.Shape}.");
        var request = new Request(sample, cancellation);
        lock (_gate)
        {
            _waiting.AddLast(request);
            if (_isRunning)
                return request.Task;
            _isRunning = true;
        }
        _ = Task.Run(RunAsync, CancellationToken.None);
        return request.Task;
    }

    async Task RunAsync()
    {
        while (true)
        {
            if (MaxDelay > TimeSpan.Zero && IsShort())
                await Task.Delay(MaxDelay).ConfigureAwait(false);
            if (Next() is not { } batch)
                return;
            Run(batch);
        }
    }

    bool IsShort()
    {
        lock (_gate)
            return _waiting.Count < MaxBatch;
    }

    // The first that waits, and others of its shape; null when nobody waits, and the next caller starts anew.
    List<Request>? Next()
    {
        lock (_gate)
        {
            List<Request> batch = [];
            for (LinkedListNode<Request>? node = _waiting.First, next; node is not null && batch.Count < MaxBatch;
                node = next)
            {
                next = node.Next;
                if (node.Value.WasCancelled)
                    _waiting.Remove(node);
                else if (batch.Count == 0 || batch[0].Sample.Shape == node.Value.Sample.Shape)
                {
                    batch.Add(node.Value);
                    _waiting.Remove(node);
                }
            }
            _isRunning = batch.Count > 0;
            return batch.Count > 0 ? batch : null;
        }
    }

    void Run(List<Request> batch)
    {
        try
        {
            Shape shape = batch[0].Sample.Shape;
            var x = new Leaf([batch.Count, .. shape], DType.Float32);
            for (int i = 0; i < batch.Count; i++)
                batch[i].Sample.Values<float>().CopyTo(x.Value.As<float>().Slice(i * shape.Size, shape.Size));
            Tensor y = predictor.Forward(new(x, 0));
            if (y.Shape.Rank == 0 || y.Shape[0] != batch.Count)
                throw new ShapeException($"The model gives {y.Shape} for {batch.Count} samples: only models with a "
                    + "row of output for each sample can be asked for one.");
            for (int i = 0; i < batch.Count; i++)
                batch[i].Complete(RowOf(y, i));
        }
        catch (Exception error)
        {
            foreach (Request request in batch)
                request.Fail(error);
        }
    }

    static Tensor RowOf(Tensor y, int row)
    {
        var leaf = new Leaf(y.Shape.Without(0), y.DType);
        int bytes = leaf.Value.Length;
        y.Node.Value.Bytes.Slice(row * bytes, bytes).CopyTo(leaf.Value.Bytes);
        return new(leaf, 0);
    }

    /// <summary>A sample and who waits for its result.</summary>
    sealed class Request
    {
        readonly TaskCompletionSource<Tensor> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly CancellationTokenRegistration _registration;

        public Request(Tensor sample, CancellationToken cancellation)
        {
            Sample = sample;
            _registration = cancellation.Register(() => _done.TrySetCanceled(cancellation));
        }

        public Tensor Sample { get; }

        public Task<Tensor> Task => _done.Task;

        public bool WasCancelled => _done.Task.IsCompleted;

        public void Complete(Tensor result)
        {
            _done.TrySetResult(result);
            _registration.Dispose();
        }

        public void Fail(Exception error)
        {
            _done.TrySetException(error);
            _registration.Dispose();
        }
    }
}
