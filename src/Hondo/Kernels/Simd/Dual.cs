namespace Hondo.Kernels;

/// <summary>
/// Numbers with their rate of change: x + ε·ẋ with ε² = 0 (Clifford 1873). A formula written over lanes, run with them,
/// gives its derivative beside its value, exact to rounding; of a derivative's formula it gives the second derivative.
/// </summary>
/// <typeparam name="V">The lanes of both parts.</typeparam>
/// <param name="Value">x.</param>
/// <param name="Tangent">ẋ.</param>
readonly record struct Dual<V>(V Value, V Tangent) : ILanes<Dual<V>> where V : struct, ILanes<V>
{
    public static bool IsDouble => V.IsDouble;

    public static Dual<V> Zero => new(V.Zero, V.Zero);

    public static Dual<V> One => new(V.One, V.Zero);

    public static Dual<V> Create(double value) => new(V.Create(value), V.Zero);

    public static Dual<V> operator +(Dual<V> a, Dual<V> b) => new(a.Value + b.Value, a.Tangent + b.Tangent);

    public static Dual<V> operator -(Dual<V> a, Dual<V> b) => new(a.Value - b.Value, a.Tangent - b.Tangent);

    public static Dual<V> operator *(Dual<V> a, Dual<V> b) =>
        new(a.Value * b.Value, a.Tangent * b.Value + a.Value * b.Tangent);

    public static Dual<V> operator /(Dual<V> a, Dual<V> b)
    {
        V quotient = a.Value / b.Value;
        return new(quotient, (a.Tangent - quotient * b.Tangent) / b.Value);
    }

    public static Dual<V> operator -(Dual<V> a) => new(-a.Value, -a.Tangent);

    public static Dual<V> FusedMultiplyAdd(Dual<V> a, Dual<V> b, Dual<V> c) =>
        new(V.FusedMultiplyAdd(a.Value, b.Value, c.Value), a.Tangent * b.Value + a.Value * b.Tangent + c.Tangent);

    public static Dual<V> Sqrt(Dual<V> x)
    {
        V root = V.Sqrt(x.Value);
        return new(root, Times(V.Create(0.5) / root, x));
    }

    public static Dual<V> Abs(Dual<V> x) => new(V.Abs(x.Value), Times(V.CopySign(V.One, x.Value), x));

    // Both give NaN for NaN; its tangent is no matter then.
    public static Dual<V> Max(Dual<V> a, Dual<V> b) => new(V.Max(a.Value, b.Value),
        V.Select(V.GreaterThan(a.Value, b.Value), a.Tangent, b.Tangent));

    public static Dual<V> Min(Dual<V> a, Dual<V> b) => new(V.Min(a.Value, b.Value),
        V.Select(V.GreaterThan(b.Value, a.Value), a.Tangent, b.Tangent));

    public static Dual<V> Clamp(Dual<V> x, Dual<V> low, Dual<V> high) => Min(Max(x, low), high);

    public static Dual<V> AtLeast(Dual<V> x, Dual<V> low) => Max(x, low);

    public static Dual<V> Round(Dual<V> x) => new(V.Round(x.Value), V.Zero);

    public static Dual<V> Floor(Dual<V> x) => new(V.Floor(x.Value), V.Zero);

    public static Dual<V> GreaterThan(Dual<V> a, Dual<V> b) => new(V.GreaterThan(a.Value, b.Value), V.Zero);

    public static Dual<V> GreaterThanOrEqual(Dual<V> a, Dual<V> b) =>
        new(V.GreaterThanOrEqual(a.Value, b.Value), V.Zero);

    public static Dual<V> Equals(Dual<V> a, Dual<V> b) => new(V.Equals(a.Value, b.Value), V.Zero);

    public static Dual<V> Select(Dual<V> mask, Dual<V> then, Dual<V> otherwise) =>
        new(V.Select(mask.Value, then.Value, otherwise.Value), V.Select(mask.Value, then.Tangent, otherwise.Tangent));

    public static Dual<V> CopySign(Dual<V> magnitude, Dual<V> sign)
    {
        V result = V.CopySign(magnitude.Value, sign.Value);
        V turned = V.Select(V.Equals(result, magnitude.Value), magnitude.Tangent, -magnitude.Tangent);
        return new(result, turned);
    }

    // x = significand · 2^exponent, and only the significand moves with x.
    public static Dual<V> ScaleByPowerOfTwo(Dual<V> x, Dual<V> n) =>
        new(V.ScaleByPowerOfTwo(x.Value, n.Value), V.ScaleByPowerOfTwo(x.Tangent, n.Value));

    public static Dual<V> Exponent(Dual<V> x) => new(V.Exponent(x.Value), V.Zero);

    public static Dual<V> Significand(Dual<V> x) =>
        new(V.Significand(x.Value), V.ScaleByPowerOfTwo(x.Tangent, -V.Exponent(x.Value)));

    public static Dual<V> Exp(Dual<V> x)
    {
        V y = V.Exp(x.Value);
        return new(y, Times(y, x));
    }

    public static Dual<V> Log(Dual<V> x) => new(V.Log(x.Value), x.Tangent / x.Value);

    public static Dual<V> Tanh(Dual<V> x)
    {
        V y = V.Tanh(x.Value);
        return new(y, Times(V.One - y * y, x));
    }

    public static Dual<V> Sigmoid(Dual<V> x)
    {
        V y = V.Sigmoid(x.Value);
        return new(y, Times(y * (V.One - y), x));
    }

    // 2 / √π · e^(−x²)
    public static Dual<V> Erf(Dual<V> x) =>
        new(V.Erf(x.Value), Times(V.Create(1.1283791670955126) * V.Exp(-(x.Value * x.Value)), x));

    public static Dual<V> Sin(Dual<V> x) => new(V.Sin(x.Value), Times(V.Cos(x.Value), x));

    public static Dual<V> Cos(Dual<V> x) => new(V.Cos(x.Value), Times(-V.Sin(x.Value), x));

    // A number that does not move has no tangent, also where the slope is infinite.
    static V Times(V slope, Dual<V> x) =>
        V.Select(V.Equals(x.Tangent, V.Zero), V.Zero, slope * x.Tangent);
}
