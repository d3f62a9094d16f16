using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// y = scale · x + offset, both fixed. At the end of a regression it gives what is near 0 and 1 inside the network the
/// unit and size of the targets, so that the layers before it learn at the usual rates.
/// </summary>
public sealed class Rescale : Layer
{
    readonly double[] _scale, _offset;
    readonly Tensor[]? _single, _twice;

    /// <summary>One scale and offset for all numbers.</summary>
    /// <param name="scale">What each number is multiplied by: the deviation of the targets.</param>
    /// <param name="offset">What is added: their mean.</param>
    public Rescale(double scale, double offset = 0) => (_scale, _offset) = ([scale], [offset]);

    /// <summary>One scale and offset for each number of the last axis.</summary>
    /// <param name="scale">The deviation of each target.</param>
    /// <param name="offset">The mean of each target, as many.</param>
    /// <exception cref="ArgumentException">They are not equally many.</exception>
    public Rescale(double[] scale, double[] offset)
    {
        if (scale.Length == 0 || scale.Length != offset.Length)
            throw new ArgumentException($"Rescale needs one offset for each scale, but got {scale.Length} scales and "
                + $"{offset.Length} offsets.", nameof(offset));
        (_scale, _offset) = (scale, offset);
        if (scale.Length > 1)
            (_single, _twice) = ([Tensor.Constant(Narrow(scale)), Tensor.Constant(Narrow(offset))],
                [Tensor.Constant(scale), Tensor.Constant(offset)]);
    }

    static float[] Narrow(double[] values) => [.. values.Select(value => (float)value)];

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (_single is null || _twice is null)
            return x * _scale[0] + _offset[0];
        if (x.Shape.Rank == 0 || x.Shape[^1] != _scale.Length)
            throw new ShapeException($"{this} got {x.Shape}: its last axis must have {_scale.Length} numbers.");
        Tensor[] constants = x.DType == DType.Float64 ? _twice : _single;
        return x * constants[0] + constants[1];
    }

    /// <inheritdoc/>
    public override string ToString() => _scale.Length == 1
        ? new CallWriter("Rescale").Add(_scale[0]).Add("offset", _offset[0], 0).ToString()
        : new CallWriter("Rescale").Add(_scale).Add("offset", _offset, null).ToString();
}
