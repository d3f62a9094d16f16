using System.Numerics;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// A model made ready for batches of one shape, and where it runs by a plan for those of fewer samples too; with
/// working memory for as many callers at once as there are processors: more of them wait for each other.
/// </summary>
sealed class PreparedModel
{
    /// <summary>How many callers are served at once.</summary>
    public static readonly int MostRunners = Math.Clamp(Environment.ProcessorCount, 1, 16);

    // A batch that one thread does alone is cut otherwise than one that is shared.
    readonly Stack<Runner> _idle = [], _idleAlone = [];
    readonly Layer _model;
    readonly Shape _input, _output;
    readonly DType _type;
    int _busy;

    /// <summary>Makes a model ready.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The shape of a batch.</param>
    /// <param name="output">What the model makes of it.</param>
    /// <param name="type">The type of that.</param>
    public PreparedModel(Layer model, Shape input, Shape output, DType type)
    {
        (_model, _input, _output, _type) = (model, input, output, type);
        // Steps of a plan do not know how many samples there are: memory for 64 serves 33 to 64.
        IsPlanned = PlanMaker.Read(model, input.Without(0)) is not null;
        if (IsPlanned && input[0] <= 1 << 30)
            (_input, _output) = (Rounded(input), Rounded(output));
        static Shape Rounded(Shape shape) => shape.With(0, (int)BitOperations.RoundUpToPowerOf2((uint)shape[0]));
    }

    /// <summary>True when it runs by a plan.</summary>
    public bool IsPlanned { get; }

    /// <summary>True for samples as it takes them.</summary>
    public bool TakesSamples(Shape sample) => _input.Without(0) == sample;

    /// <summary>True for a batch that it is ready for.</summary>
    public bool Takes(Tensor x) => x.DType == DType.Float32 && (x.Shape == _input || IsPlanned
        && x.Shape.Rank == _input.Rank && x.Shape[0] <= _input[0] && x.Shape[0] > _input[0] / 2
        && x.Shape.Without(0) == _input.Without(0));

    /// <summary>The output, in memory of its own.</summary>
    public Tensor Run(Tensor x)
    {
        var y = new Leaf(OutputOf(x), _type);
        Run(x, y);
        return new(y, 0);
    }

    /// <summary>The output, in the caller's memory.</summary>
    public void Run(Tensor x, Leaf y)
    {
        Require(OutputOf(x), _type, y);
        Runner? runner = Take();
        try
        {
            runner ??= new(_model, _input);
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

    Shape OutputOf(Tensor x) => IsPlanned ? _output.With(0, x.Shape[0]) : _output;

    Stack<Runner> Idle => Workers.IsAlone ? _idleAlone : _idle;

    Runner? Take()
    {
        lock (_idle)
        {
            while (_busy == MostRunners)
                Monitor.Wait(_idle);
            _busy++;
            return Idle.TryPop(out Runner? runner) ? runner : null;
        }
    }

    void GiveBack(Runner? runner)
    {
        lock (_idle)
        {
            _busy--;
            if (runner is not null)
                Idle.Push(runner);
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
            // What enters a step from outside is refilled in the next: any tensor replays the same calls.
            using Tape.Scope step = _tape.Open(new(Mode.Inference, 1, 0));
            Tensor input = _tape.Input(x.Shape, x.DType);
            x.Values<float>().CopyTo(input.Node.Value.As<float>());
            model.Forward(input).Node.Value.Bytes.CopyTo(y.Value.Bytes);
        }
    }
}
