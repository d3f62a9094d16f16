using System.Numerics;
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
    // Of one batch at a time.
    Block _inputs;
    bool _isRunning;

    public int MaxBatch { get; set; } = 64;

    public TimeSpan MaxDelay { get; set; }

    /// <summary>Takes a sample into the queue.</summary>
    /// <param name="sample">A tensor or an array; it must not change until the result is there.</param>
    /// <param name="shape">The sample's shape.</param>
    /// <param name="cancellation">Takes it out again.</param>
    public Task<Tensor> Add(Sample sample, Shape shape, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<Tensor>(cancellation);
        var request = new Request(sample, shape, cancellation);
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
                else if (batch.Count == 0 || batch[0].Shape == node.Value.Shape)
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
            Shape shape = batch[0].Shape;
            Tensor y = predictor.Forward(new(Inputs(batch, shape), 0));
            if (y.Shape.Rank == 0 || y.Shape[0] < batch.Count)
                throw new ShapeException($"The model gives {y.Shape} for {batch.Count} samples: only models with a "
                    + "row of output for each sample can be asked for one.");
            GiveOut(y, batch);
        }
        catch (Exception error)
        {
            foreach (Request request in batch)
                request.Fail(error);
        }
    }

    // What is made ready for each number of samples by itself gets few such numbers: the last sample stands in.
    Leaf Inputs(List<Request> batch, Shape shape)
    {
        int rows = predictor.TakesAnyNumber(shape) ? batch.Count
            : Math.Max(batch.Count, Math.Min(MaxBatch, (int)BitOperations.RoundUpToPowerOf2((uint)batch.Count)));
        Shape all = [rows, .. shape];
        int bytes = Block.BytesOf(all, DType.Float32);
        if (_inputs.Length < bytes)
            _inputs = Block.Allocate(bytes);
        var x = new Leaf(all, DType.Float32, "Inputs", _inputs.Slice(0, bytes));
        for (int i = 0; i < rows; i++)
            batch[Math.Min(i, batch.Count - 1)].Sample.Numbers.CopyTo(
                x.Value.As<float>().Slice(i * shape.Size, shape.Size));
        return x;
    }

    // One piece of memory for the results of a batch: each begins on a cache line of its own.
    static void GiveOut(Tensor y, List<Request> batch)
    {
        Shape shape = y.Shape.Without(0);
        int bytes = Block.BytesOf(shape, y.DType), stride = Block.RoundUp(bytes);
        Block all = Block.Allocate(checked(stride * batch.Count));
        for (int i = 0; i < batch.Count; i++)
        {
            var row = new Leaf(shape, y.DType, "Constant", all.Slice(i * stride, bytes));
            y.Node.Value.Bytes.Slice(i * bytes, bytes).CopyTo(row.Value.Bytes);
            batch[i].Complete(new(row, 0));
        }
    }

    /// <summary>The numbers of a sample, wherever they are.</summary>
    public readonly struct Sample
    {
        readonly Tensor _tensor;
        readonly float[]? _array;

        Sample(Tensor tensor) => _tensor = tensor;

        Sample(float[] array) => _array = array;

        public ReadOnlySpan<float> Numbers => _array ?? _tensor.Values<float>();

        public static implicit operator Sample(Tensor tensor) => new(tensor);

        public static implicit operator Sample(float[] array) => new(array);
    }

    /// <summary>A sample and who waits for its result.</summary>
    sealed class Request
    {
        readonly TaskCompletionSource<Tensor> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        readonly CancellationTokenRegistration _registration;

        public Request(Sample sample, Shape shape, CancellationToken cancellation)
        {
            (Sample, Shape) = (sample, shape);
            _registration = cancellation.UnsafeRegister(static (request, token) =>
                ((Request)request!)._done.TrySetCanceled(token), this);
        }

        public Sample Sample { get; }

        public Shape Shape { get; }

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
