using System.Numerics;
using System.Runtime.CompilerServices;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

public sealed class ElementaryTests
{
    [Theory]
    [InlineData("Exp", 2.0)]
    [InlineData("Expm1", 2.0)]
    [InlineData("Log", 2.0)]
    [InlineData("Log1p", 3.0)]
    [InlineData("Tanh", 2.0)]
    [InlineData("Sigmoid", 2.0)]
    [InlineData("Erf", 2.0)]
    [InlineData("Sin", 3.0)]
    [InlineData("Cos", 3.0)]
    public void In_float32_the_error_stays_within_units_in_the_last_place(string name, double limit)
    {
        Formula formula = Formulas.Single(f => f.Name == name);
        double worst = 0;
        var x = new float[1 << 16];
        var y = new float[x.Length];
        // Every 4,099th bit pattern: all exponents, both signs, subnormal numbers, infinities and NaNs.
        for (long bits = 0; bits < 1L << 32;)
        {
            for (int i = 0; i < x.Length; i++, bits += 4099)
                x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(bits, uint.MaxValue));
            formula.Single(x, y);
            for (int i = 0; i < x.Length; i++)
                if (formula.Covers(x[i]))
                    worst = Math.Max(worst, ErrorInUlps(y[i], formula.Exact(x[i])));
        }
        Assert.InRange(worst, 0, limit);
    }

    [Fact]
    public void In_float64_the_error_stays_below_the_gradient_checks_need()
    {
        foreach (Formula formula in Formulas)
        {
            double[] x = [.. Enumerable.Range(0, 20_001).Select(i => (i - 10_000) * 0.00213)], y = new double[x.Length];
            formula.Double(x, y);
            for (int i = 0; i < x.Length; i++)
            {
                double exact = formula.Exact(x[i]);
                if (double.IsNaN(exact))
                    Assert.True(double.IsNaN(y[i]), $"{formula.Name}({x[i]}) is {y[i]}");
                else if (!double.IsInfinity(exact))
                    Assert.True(Math.Abs(y[i] - exact) <= 2e-15 * Math.Max(Math.Abs(exact), 1e-3),
                        $"{formula.Name}({x[i]}) is {y[i]:r}, not {exact:r}");
            }
        }
    }

    [Fact]
    public void The_error_function_agrees_with_its_series()
    {
        foreach (double x in (double[])[0, 1e-9, 0.3, 0.999, 1, 1.001, 2, 3.5, 5, 6.5, -0.7, -2.2])
        {
            double term = x, sum = x;
            for (int k = 1; k < 400; k++)
            {
                term *= 2 * x * x / (2 * k + 1);
                sum += term;
            }
            double exact = 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
            Assert.Equal(exact, Apply<ErfFormula, double>(x), 1e-14);
            Assert.Equal(exact, Apply<ErfFormula, float>((float)x), 3e-7);
        }
    }

    [Fact]
    public void Special_numbers_give_special_results()
    {
        float infinity = float.PositiveInfinity;
        Assert.Equal([infinity, 0, 1, 1, float.NaN],
            Map<ExpFormula>(infinity, -infinity, 0, -0f, float.NaN));
        Assert.Equal([infinity, -infinity, -infinity, float.NaN, float.NaN, 0],
            Map<LogFormula>(infinity, 0, -0f, -1, float.NaN, 1));
        Assert.Equal([1, -1, 0, float.NaN], Map<TanhFormula>(infinity, -infinity, 0, float.NaN));
        Assert.True(float.IsNegative(Map<TanhFormula>(-0f)[0]));
        Assert.Equal([1, 0, 0.5f, float.NaN], Map<SigmoidFormula>(infinity, -infinity, 0, float.NaN));
        Assert.Equal([float.NaN, float.NaN], Map<SinFormula>(float.NaN, infinity));
        Assert.True(float.IsNegative(Map<SinFormula>(-0f)[0]));
        Assert.Equal([infinity, -1, float.NaN], Map<Expm1Formula>(infinity, -infinity, float.NaN));
        Assert.True(float.IsNegative(Map<Expm1Formula>(-0f)[0]));
    }

    [Fact]
    public void Sines_of_numbers_too_large_to_be_right_are_still_finite()
    {
        float[] large = [1e6f, 1e10f, 1e20f, float.MaxValue, -float.MaxValue];
        Assert.All(Map<SinFormula>(large), y => Assert.InRange(y, -1.001f, 1.001f));
        Assert.All(Map<CosFormula>(large), y => Assert.InRange(y, -1.001f, 1.001f));
    }

    [Fact]
    public void Every_width_gives_the_same_bits()
    {
        foreach (Formula formula in Formulas)
            formula.CompareWidths();
    }

    static float[] Map<F>(params float[] x) where F : struct, IUnary
    {
        var y = new float[x.Length];
        Loops.Map(default(F), (ReadOnlySpan<float>)x, y);
        return y;
    }

    static double Apply<F, T>(T x) where F : struct, IUnary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T y = default;
        Scalar<T>.Store(default(F).Apply(Scalar<T>.Load(ref x, 0)), ref y, 0);
        return double.CreateChecked(y);
    }

    static double ErrorInUlps(float actual, double exact)
    {
        float nearest = (float)exact;
        if (float.IsNaN(nearest))
            return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        if (float.IsInfinity(nearest) || float.IsInfinity(actual))
            return actual == nearest || Math.Abs(actual) >= float.MaxValue ? 0 : double.PositiveInfinity;
        return Math.Abs(actual - exact) / ((double)MathF.BitIncrement(Math.Abs(nearest)) - Math.Abs(nearest));
    }

    static readonly Formula[] Formulas =
    [
        new Formula<ExpFormula>("Exp", Math.Exp),
        new Formula<Expm1Formula>("Expm1", x => Math.Abs(x) > 1
            ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2)),
        new Formula<LogFormula>("Log", Math.Log),
        new Formula<Log1pFormula>("Log1p", x => 1 + x == 1 || 1 + x == double.PositiveInfinity
            ? x : Math.Log(1 + x) * (x / (1 + x - 1))),
        new Formula<TanhFormula>("Tanh", Math.Tanh),
        new Formula<SigmoidFormula>("Sigmoid", x => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x))),
        new Formula<ErfFormula>("Erf", Apply<ErfFormula, double>),
        new Formula<SinFormula>("Sin", Math.Sin, 1e5),
        new Formula<CosFormula>("Cos", Math.Cos, 1e5),
    ];

    abstract class Formula(string name, Func<double, double> exact, double range)
    {
        public string Name => name;

        public Func<double, double> Exact => exact;

        public bool Covers(float x) => !(Math.Abs(x) > range) || float.IsNaN(x);

        public abstract void Single(float[] x, float[] y);

        public abstract void Double(double[] x, double[] y);

        public abstract void CompareWidths();
    }

    sealed class Formula<F>(string name, Func<double, double> exact, double range = double.PositiveInfinity)
        : Formula(name, exact, range) where F : struct, IUnary
    {
        public override void Single(float[] x, float[] y) => Loops.Map(default(F), (ReadOnlySpan<float>)x, y);

        public override void Double(double[] x, double[] y) => Loops.Map(default(F), (ReadOnlySpan<double>)x, y);

        public override void CompareWidths()
        {
            var bits = new float[4096];
            for (int i = 0; i < bits.Length; i++)
                bits[i] = BitConverter.UInt32BitsToSingle((uint)i * 1_048_573);
            Compare(bits);
            Compare([.. bits.Select(x => x * 1.000000123)]);
        }

        static void Compare<T>(T[] x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] one = At<Scalar<T>, T>(x);
            Assert.Equal(one, At<Lanes128<T>, T>(x));
            Assert.Equal(one, At<Lanes256<T>, T>(x));
            Assert.Equal(one, At<Lanes512<T>, T>(x));
        }

        static T[] At<V, T>(T[] x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var y = new T[x.Length];
            for (int i = 0; i < x.Length; i += V.Width)
                V.Store(default(F).Apply(V.Load(ref x[0], i)), ref y[0], i);
            return y;
        }
    }

    readonly struct ExpFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Exp(x);
    }

    readonly struct Expm1Formula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => Elementary.Expm1(x);
    }

    readonly struct LogFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Log(x);
    }

    readonly struct Log1pFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => Elementary.Log1p(x);
    }

    readonly struct TanhFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Tanh(x);
    }

    readonly struct SigmoidFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Sigmoid(x);
    }

    readonly struct SinFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Sin(x);
    }

    readonly struct CosFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Cos(x);
    }

    readonly struct ErfFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Erf(x);
    }
}
