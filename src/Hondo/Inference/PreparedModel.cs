using System.Collections.Concurrent;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// A model made ready for batches of one shape, with working memory for as many callers at once as there are processors;
/// more of them wait for each other.
/// </summary>
sealed class PreparedModel(Layer model, Shape input, Shape output, DType type)
{
    readonly SemaphoreSlim _free = new(Math.Clamp(Environment.ProcessorCount, 1, 16));
    readonly ConcurrentBag<Runner> _runners = [];

    /// <summary>The shape of a batch.</summary>
    public Shape Input => input;

    /// <summary>The output, in memory of its own.</summary>
    public Tensor Run(Tensor x)
    {
        var y = new Leaf(output, type);
        Run(x, y);
        return new(y, 0);
    }

    /// <summary>The output, in the caller's memory.</summary>
    public void Run(Tensor x, Leaf y)
    {
        Require(output, type, y);
        _free.Wait();
        try
        {
            if (!_runners.TryTake(out Runner? runner))
                runner = new(model, input);
            runner.Run(x, y);
            // One that threw is not used again: nobody knows what its memory holds.
            _runners.Add(runner);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Checks that an output fits.</summary>
    /// <exception cref="ShapeException">It does not.</exception>
    public static void Require(Shape shape, DType type, Leaf into)
    {
        if (into.Shape != shape || into.Type != type)
            throw new ShapeException($"The model's output is {type} {shape}, but the memory for it is {into.Type} "
                + $"{into.Shape}.");
    }

    /// <summary>The working memory of one caller.</summary>
    sealed class Runner(Layer model, Shape input)
    {
        readonly Plan? _plan = PlanMaker.Read(model, input.Without(0)) is { } maker ? Plan.Make(maker, input[0]) : null;
        readonly Tape _tape = new();

        public void Run(Tensor x, Leaf y)
        {
            if (_plan is not null)
            {
                _plan.Run(x, y);
                return;
            }
            using Tape.Scope step = _tape.Open(new(Mode.Inference, 1, 0));
            model.Forward(x).Node.Value.Bytes.CopyTo(y.Value.Bytes);
        }
    }
}
