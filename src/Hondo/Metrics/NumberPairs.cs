using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>A batch of a regression: outputs and targets of one size, read as float64.</summary>
readonly ref struct NumberPairs
{
    readonly ReadOnlySpan<float> _outputs, _targets;
    readonly ReadOnlySpan<double> _wideOutputs, _wideTargets;

    public NumberPairs(string metric, Tensor output, Tensor target)
    {
        if (output.Shape != target.Shape)
            throw new ShapeException(
                $"{metric} got outputs {output.Shape} and targets {target.Shape}: they need one shape. "
                + "Reshape the targets to the outputs' shape.");
        if (output.DType == DType.Float64)
            _wideOutputs = output.Values<double>();
        else
            _outputs = output.Values<float>();
        if (target.DType == DType.Float64)
            _wideTargets = target.Values<double>();
        else
            _targets = target.Values<float>();
        Count = output.Size;
    }

    public int Count { get; }

    public double Output(int i) => _wideOutputs.IsEmpty ? _outputs[i] : _wideOutputs[i];

    public double Target(int i) => _wideTargets.IsEmpty ? _targets[i] : _wideTargets[i];
}
