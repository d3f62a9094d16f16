using System.Diagnostics;
using System.Numerics;
using Hondo.Inference;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Serving;

/// <summary>
/// Samples of many callers that are computed in one batch. While a batch runs, the next one gathers; more than one runs
/// at a time when many samples wait. No thread waits when there is nothing to do.
/// </summary>
sealed class MicroBatches(Predictor predictor, HondoModelOptions options) : IThreadPoolWorkItem
{
    // Threads that share a batch watch for more to do for a while, and whoever fills the next batch waits for them: on
    // two cores 64 clients of LeNet got fewer answers than without batches. A longer batch is worth it.
    const double WorthSharing = 0.004;

    // So many samples are computed about as fast, each, as any more.
    const int Enough = 16;

    readonly int _maxBatch = options.MaxBatch;
    readonly TimeSpan _maxDelay = options.MaxDelay;
    readonly Lock _gate = new();
    readonly LinkedList<Request> _waiting = [];
    readonly Stack<Block> _inputs = [];
    int _running, _delays;
    bool _isPlanned, _isDelayed;
    double _secondsASample;

    /// <summary>Takes a sample into the queue.</summary>
    /// <param name="sample">Its numbers.</param>
    /// <param name="shape">The sample's shape.</param>
    /// <param name="cancellation">Takes it out again.</param>
    public Task<Tensor> Add(Sample sample, Shape shape, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            sample.Release();
            return Task.FromCanceled<Tensor>(cancellation);
        }
        var request = new Request(sample, shape, cancellation);
        lock (_gate)
        {
            _waiting.AddLast(request);
            PlanNext();
        }
        return request.Task;
    }

    // When all clients wait for one batch, the other processors have nothing to do: each gets a part.
    int Share => _maxDelay > TimeSpan.Zero ? _maxBatch : Math.Min(_maxBatch, Math.Max(Enough,
        (_waiting.Count - 1) / PreparedModel.MostRunners + 1));

    // Sees to the batch after those that run. By who holds the gate.
    void PlanNext()
    {
        bool isFull = _waiting.Count >= _maxBatch;
        if (_isDelayed && isFull)
            Queue();
        int most = _waiting.Count >= Share ? PreparedModel.MostRunners : 1;
        if (_isPlanned || _waiting.Count == 0 || _running >= most)
            return;
        _isPlanned = true;
        if (_maxDelay == TimeSpan.Zero || isFull)
            Queue();
        else
            _ = QueueLaterAsync(++_delays);
    }

    async Task QueueLaterAsync(int delay)
    {
        _isDelayed = true;
        await Task.Delay(_maxDelay).ConfigureAwait(false);
        lock (_gate)
            if (_isDelayed && _delays == delay)
                Queue();
    }

    // Behind all that the pool has to do already: samples that have arrived, and are not read yet, are in it too.
    void Queue()
    {
        _isDelayed = false;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        List<Request> batch;
        Block inputs;
        lock (_gate)
        {
            _isPlanned = false;
            batch = Next();
            _running++;
            _inputs.TryPop(out inputs);
            PlanNext();
        }
        if (batch.Count > 0)
            Run(batch, ref inputs);
        lock (_gate)
        {
            _running--;
            _inputs.Push(inputs);
            PlanNext();
        }
    }

    // The first that waits, and others of its shape.
    List<Request> Next()
    {
        List<Request> batch = [];
        int most = Share;
        for (LinkedListNode<Request>? node = _waiting.First, next; node is not null && batch.Count < most; node = next)
        {
            next = node.Next;
            if (node.Value.WasCancelled)
            {
                _waiting.Remove(node);
                node.Value.Sample.Release();
            }
            else if (batch.Count == 0 || batch[0].Shape == node.Value.Shape)
            {
                batch.Add(node.Value);
                _waiting.Remove(node);
            }
        }
        return batch;
    }

    void Run(List<Request> batch, ref Block inputs)
    {
        try
        {
            Tensor y = Forward(Inputs(batch, batch[0].Shape, ref inputs));
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

    Tensor Forward(Leaf x)
    {
        bool isAlone = Workers.IsAlone, isShort = _secondsASample * x.Shape[0] < WorthSharing;
        long start = Stopwatch.GetTimestamp();
        Workers.IsAlone |= isShort;
        try
        {
            return predictor.Forward(new(x, 0));
        }
        finally
        {
            Workers.IsAlone = isAlone;
            _secondsASample = Stopwatch.GetElapsedTime(start).TotalSeconds * (isShort ? 1 : Workers.Count) / x.Shape[0];
        }
    }

    // What is made ready for each number of samples by itself gets few such numbers: the last sample stands in.
    Leaf Inputs(List<Request> batch, Shape shape, ref Block inputs)
    {
        int rows = predictor.TakesAnyNumber(shape) ? batch.Count
            : Math.Max(batch.Count, Math.Min(_maxBatch, (int)BitOperations.RoundUpToPowerOf2((uint)batch.Count)));
        Shape all = [rows, .. shape];
        int bytes = Block.BytesOf(all, DType.Float32);
        if (inputs.Length < bytes)
            inputs = Block.Allocate(bytes);
        var x = new Leaf(all, DType.Float32, "Inputs", inputs.Slice(0, bytes));
        for (int i = 0; i < rows; i++)
            batch[Math.Min(i, batch.Count - 1)].Sample.Numbers.CopyTo(
                x.Value.As<float>().Slice(i * shape.Size, shape.Size));
        foreach (Request request in batch)
            request.Sample.Release();
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
}
