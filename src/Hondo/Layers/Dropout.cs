using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// In training each number is 0 with probability <c>rate</c>, else divided by 1 − rate, so that the mean stays; in
/// inference y = x   (Srivastava et al. 2014). What is dropped depends on seed, step and the layer's path alone;
/// a layer that runs twice in a step drops others the second time.
/// </summary>
public sealed class Dropout : Layer
{
    readonly double _rate;

    /// <summary>A dropout layer.</summary>
    /// <param name="rate">The probability of 0, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public Dropout(double rate = 0.5) => _rate = rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate,
            "The rate of Dropout is a probability from 0 to below 1, e.g. 0.2.");

    internal override bool MayDraw => true;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x.Dropout(_rate, RandomStream.OfLayer());

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Dropout").Add(_rate).ToString();
}

/// <summary>
/// In training each channel of a sample is 0 everywhere with probability <c>rate</c>, else divided by 1 − rate: of
/// neighbouring pixels, which say much the same, none gives away what the others hide   (Tompson et al. 2014,
/// arXiv:1411.4280)      [batch, .., channels] → the same
/// </summary>
public sealed class SpatialDropout : Layer
{
    readonly double _rate;
    State? _ones;

    /// <summary>A dropout layer.</summary>
    /// <param name="rate">The probability of 0, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public SpatialDropout(double rate = 0.5) => _rate = rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate,
            "The rate of SpatialDropout is a probability from 0 to below 1, e.g. 0.2.");

    internal override bool MayDraw => true;

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (x.Shape.Rank < 2)
            throw new ShapeException($"{this} needs [batch, .., channels], but got {AxisNames.Describe(x.Shape)}.");
        if (Tape.Active is not { Info.Mode: Mode.Training })
            return x;
        return x * Ones(x).Dropout(_rate, RandomStream.OfLayer());
    }

    // Kept, so that the next step finds the same tensor and records nothing.
    Tensor Ones(Tensor x)
    {
        Span<int> axes = stackalloc int[x.Shape.Rank];
        axes.Fill(1);
        (axes[0], axes[^1]) = (x.Shape[0], x.Shape[^1]);
        var shape = Shape.Create(axes);
        if (_ones is null || _ones.Shape != shape || _ones.DType != x.DType)
        {
            _ones = new(shape, 1);
            _ones.ConvertTo(x.DType);
        }
        return _ones.Value;
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("SpatialDropout").Add(_rate).ToString();
}
