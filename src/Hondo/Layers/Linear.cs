using Hondo.Initializers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = x·Wᵀ + b      [.., inputs] → [.., outputs], W [outputs, inputs], b [outputs]</summary>
public sealed class Linear : Layer
{
    readonly int _inputs, _outputs;
    readonly IInitializer? _initializer;

    /// <summary>A fully connected layer.</summary>
    /// <param name="inputs">Features of the input, from 1.</param>
    /// <param name="outputs">Features of the output, from 1.</param>
    /// <param name="bias">False leaves b out, for example before a batch norm.</param>
    /// <param name="initializer">What draws W; He's uniform one when left out. b starts at 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of features is below 1.</exception>
    public Linear(int inputs, int outputs, bool bias = true, IInitializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        (_inputs, _outputs, _initializer) = (inputs, outputs, initializer);
        Weight = new([outputs, inputs], initializer ?? Initial.HeUniform);
        Bias = bias ? new([outputs], Initial.Zeros) : null;
    }

    /// <summary>W, [outputs, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (x.Shape is not [.., var features] || features != _inputs)
            throw Misfit(x.Shape);
        return x.Linear(Weight, Bias?.Value);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight).Add(Bias);

    ShapeException Misfit(Shape shape)
    {
        bool flattens = shape.Rank > 2 && shape[0] > 0 && shape.Size / shape[0] == _inputs;
        string mend = flattens ? "Put Flatten() before it."
            : shape.Rank == 0 ? "Give it at least one axis."
            : $"Make it Linear({shape[^1]}, {_outputs}), or change the layer before it.";
        return new($"{this} needs {_inputs} input features, but got {AxisNames.Describe(shape)}. {mend}");
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Linear").Add(_inputs).Add(_outputs)
        .Add("bias", Bias is not null, true).Add("initializer", _initializer, null).ToString();
}
