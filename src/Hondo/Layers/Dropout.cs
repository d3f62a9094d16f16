using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// In training each number is 0 with probability <c>rate</c>, else divided by 1 − rate, so that the mean stays; in
/// inference y = x   (Srivastava et al. 2014). What is dropped depends on seed, step and the layer's path alone.
/// </summary>
public sealed class Dropout : Layer
{
    readonly double _rate;
    string? _streamPath;
    ulong _stream;

    /// <summary>A dropout layer.</summary>
    /// <param name="rate">The probability of 0, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    public Dropout(double rate = 0.5) => _rate = rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate,
            "The rate of Dropout is a probability from 0 to below 1, e.g. 0.2.");

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        if (_streamPath != Path)
            (_streamPath, _stream) = (Path, RandomStream.Of(Path));
        return x.Dropout(_rate, _stream);
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("Dropout").Add(_rate).ToString();
}
