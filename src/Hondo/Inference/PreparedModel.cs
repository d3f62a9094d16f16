using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// A model made ready for batches of one shape, with working memory for as many callers at once as there are
/// processors;
/// more of them wait for each other.
/// </summary>
sealed class PreparedModel(Layer model, Shape input, Shape output, DType type)
{
    static readonly int MostRunners = Math.Clamp(Environment.ProcessorCount, 1, 16);

    readonly Stack<Runner> _idle = [];
    int _busy;

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
        Runner? runner = Take();
        try
        {
            runner ??= new(model, input);
            runner.Run(x, y);
        }
        catch
        {
            // One that threw is not used again: nobody knows what its memory holds.
            runner = null;
            throw;
        }
        finally
        {
            GiveBack(runner);
        }
    }

    Runner? Take()
    {
        lock (_idle)
        {
            while (_busy == MostRunners)
                Monitor.Wait(_idle);
            _busy++;
            return _idle.TryPop(out Runner? runner) ? runner : null;
        }
    }

    void GiveBack(Runner? runner)
    {
        lock (_idle)
        {
            _busy--;
            if (runner is not null)
                _idle.Push(runner);
            Monitor.Pulse(_idle);
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
