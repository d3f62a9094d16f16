#:property PublishAot=false
#:project ../src/Hondo.Autograd
// Ops of one's own, as docs/adding-an-op.md shows them: dotnet run examples/own-op.cs
using System.Runtime.CompilerServices;
using Hondo.Kernels;

// snippet: use
Tensor x = Tensor.Of([-1.0, 0.5, 2.0]);
Console.WriteLine(Tape.Apply(new Unary<Wave>(new Wave(3)), x));
GradientReport wave = Gradient.Check(v => Tape.Apply(new Unary<Wave>(new Wave(3)), v), x);
GradientReport outer = Gradient.Check(v => Tape.Apply(new Outer(), v[0], v[1]), x, Tensor.Of([1.0, 2.0]));
Console.WriteLine($"{wave}\n{outer}");
// end
return wave.IsWithin(1e-8) && outer.IsWithin(1e-8) ? 0 : 1;
// snippet: formula
/// <summary>A wave on a slope   y = x + sin(ωx)      dx = dy · (1 + ω cos(ωx))</summary>
readonly record struct Wave(double Omega) : IUnaryFormula
{
    public static string Name => "Wave";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x + V.Sin(V.Create(Omega) * x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> =>
        V.One + V.Create(Omega) * V.Cos(V.Create(Omega) * x);
}
// end

// snippet: general
/// <summary>Outer product   [m] , [n] → [m, n]      da = dY·b,  db = dYᵀ·a</summary>
readonly record struct Outer : IOp
{
    static string IOp.Name => "Outer";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x is [[var m], [var n]]
        ? [m, n]
        : throw ShapeException.For<Outer>(x, "both must be vectors");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (a, b) = x;
        for (int i = 0; i < y.Length; i++)
            y[i] = a[i / b.Length] * b[i % b.Length];
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        var (a, b) = x;
        var (da, db) = dx;
        for (int i = 0; i < dy.Length; i++)
        {
            if (da.IsNeeded)
                da[i / b.Length] += dy[i] * b[i % b.Length];
            if (db.IsNeeded)
                db[i % b.Length] += dy[i] * a[i / b.Length];
        }
    }
}
// end
