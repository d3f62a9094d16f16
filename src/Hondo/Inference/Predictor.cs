using Hondo.Layers;
using Hondo.Models;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// A model made ready for use: batch norms are folded into the weights, the weights packed, and convolution, bias,
/// addition and ReLU are one pass over memory that is used again in each call. Networks of convolutions, poolings,
/// residual blocks, branches and linear layers are run so; any other model layer by layer. A sample's result depends
/// neither on the rest of its batch, nor on the number of threads, nor on the SIMD width, and is the model's own up to
/// rounding.
/// </summary>
/// <remarks>
/// Not for several threads at once: each makes its own. After the weights have changed make another.
/// </remarks>
public sealed class Predictor
{
    const int MostPlans = 8;

    readonly Layer _model;
    readonly Tape _tape = new();
    readonly List<(Shape Input, Plan? Plan, Leaf Output)> _known = [];

    /// <summary>Makes a model ready.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    public Predictor(Layer model) => _model = model.Folded();

    /// <summary>The model's output for a batch, in memory that the next call for such a batch overwrites.</summary>
    /// <param name="x">[batch, ..]</param>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    public Tensor Forward(Tensor x)
    {
        foreach ((Shape input, Plan? plan, Leaf output) in _known)
            if (input == x.Shape)
                return Run(x, plan, output);
        return Prepare(x);
    }

    Tensor Prepare(Tensor x)
    {
        // The model itself checks the shapes, with its own words.
        Tensor y = _model.Forward(x);
        if (x.DType != DType.Float32 || x.Shape.Rank == 0 || x.Shape[0] == 0)
            return y;
        var output = new Leaf(y.Shape, y.DType);
        Plan? plan = PlanMaker.Read(_model, x.Shape.Without(0)) is { } maker ? Plan.Make(maker, x.Shape[0]) : null;
        if (_known.Count == MostPlans)
            _known.RemoveAt(0);
        _known.Add((x.Shape, plan, output));
        return Run(x, plan, output);
    }

    Tensor Run(Tensor x, Plan? plan, Leaf output)
    {
        if (plan is not null)
            plan.Run(x, output);
        else
        {
            using Tape.Scope step = _tape.Open(new(Mode.Inference, 1, 0));
            _model.Forward(x).Node.Value.Bytes.CopyTo(output.Value.Bytes);
        }
        return new(output, 0);
    }
}
