namespace Hondo.Onnx.Values;

/// <summary>
/// A float of 4 or 8 bits: every number that it has, listed, and the nearest one found among them.
/// (Micikevicius et al. 2022, arXiv:2209.05433; Noune et al. 2022, arXiv:2206.02915; OCP Microscaling 1.0)
/// </summary>
sealed class SmallFloat
{
    static readonly Dictionary<ElementType, SmallFloat> Known = new()
    {
        [ElementType.Float8E4M3FN] = new(8, mantissa: 3, bias: 7, infinities: false, unsignedZero: false),
        [ElementType.Float8E4M3FNUZ] = new(8, mantissa: 3, bias: 8, infinities: false, unsignedZero: true),
        [ElementType.Float8E5M2] = new(8, mantissa: 2, bias: 15, infinities: true, unsignedZero: false),
        [ElementType.Float8E5M2FNUZ] = new(8, mantissa: 2, bias: 16, infinities: false, unsignedZero: true),
        [ElementType.Float4E2M1] = new(4, mantissa: 1, bias: 1, infinities: false, unsignedZero: false),
        [ElementType.Float8E8M0] = new(),
    };

    readonly double[] _values;
    readonly (double Value, byte Code)[] _ascending;
    readonly bool _hasInfinities, _isUnsigned, _hasNaN = true;

    SmallFloat(int bits, int mantissa, int bias, bool infinities, bool unsignedZero)
    {
        _hasInfinities = infinities;
        _hasNaN = bits == 8;
        _values = new double[1 << bits];
        int half = _values.Length / 2, most = (half >> mantissa) - 1;
        for (int code = 0; code < half; code++)
        {
            int exponent = code >> mantissa, fraction = code & ((1 << mantissa) - 1);
            double value = exponent == 0
                ? Math.ScaleB(fraction, 1 - bias - mantissa)
                : Math.ScaleB((1 << mantissa) + fraction, exponent - bias - mantissa);
            if (infinities && exponent == most)
                value = fraction == 0 ? double.PositiveInfinity : double.NaN;
            else if (bits == 8 && !infinities && !unsignedZero && code == half - 1)
                value = double.NaN;
            _values[code] = value;
            _values[code + half] = -value;
        }
        if (unsignedZero)
            _values[half] = double.NaN;
        _ascending = [.. _values.Take(half).Select((value, code) => (value, (byte)code))
            .Where(pair => double.IsFinite(pair.value))];
    }

    // E8M0: powers of two without a sign, and NaN.
    SmallFloat()
    {
        _isUnsigned = true;
        _values = [.. Enumerable.Range(0, 255).Select(code => Math.ScaleB(1, code - 127)), double.NaN];
        _ascending = [.. _values.Take(255).Select((value, code) => (value, (byte)code))];
    }

    /// <summary>The facts of a type.</summary>
    public static SmallFloat Of(ElementType type) => Known[type];

    /// <summary>The number of a code.</summary>
    public double Decode(int code) => _values[code];

    /// <summary>The nearest number.</summary>
    /// <param name="x">Any number.</param>
    /// <param name="saturate">True takes the largest finite one for what is beyond, false infinity or NaN.</param>
    public double Round(double x, bool saturate)
    {
        if (double.IsNaN(x) || (_isUnsigned && x < 0))
            return _hasNaN ? double.NaN : 0;
        double size = Math.Abs(x), largest = _ascending[^1].Value;
        double nearest = Nearest(size);
        // Half a step beyond the largest is where rounding would leave the range.
        double step = largest - _ascending[^2].Value;
        if (size >= largest + step / 2 && !(saturate || !_hasNaN))
            nearest = _hasInfinities ? double.PositiveInfinity : double.NaN;
        return _isUnsigned ? nearest : Math.CopySign(nearest, x);
    }

    double Nearest(double size)
    {
        int low = 0, high = _ascending.Length - 1;
        if (size >= _ascending[high].Value)
            return _ascending[high].Value;
        while (high - low > 1)
        {
            int middle = (low + high) / 2;
            (low, high) = _ascending[middle].Value <= size ? (middle, high) : (low, middle);
        }
        double below = size - _ascending[low].Value, above = _ascending[high].Value - size;
        bool takesLow = below < above || (below == above && _ascending[low].Code % 2 == 0);
        return _ascending[takesLow ? low : high].Value;
    }

    /// <summary>The code of a number that the type has.</summary>
    public int Encode(double x)
    {
        for (int code = 0; code < _values.Length; code++)
            if (_values[code].Equals(x) && double.IsNegative(_values[code]) == double.IsNegative(x))
                return code;
        return Array.FindIndex(_values, value => value.Equals(x) || (value == 0 && x == 0));
    }
}
