using System.Numerics;
using Hondo.Kernels;

namespace Hondo.Ops;

/// <summary>
/// Derivatives of formulas at one place, of first order by the formulas' own derivatives, of second order by running
/// these with <see cref="Dual{V}"/> numbers.
/// </summary>
static class Slopes
{
    /// <summary>f′(x).</summary>
    public static T Of<F, T>(F formula, T x, T y)
        where F : struct, IUnaryFormula where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Number(formula.Derivative(new Scalar<T>(x), new Scalar<T>(y)));

    /// <summary>The tangent of dy · f′(x).</summary>
    public static T Tangent<F, T>(F formula, (T, T) x, (T, T) y, (T, T) dy)
        where F : struct, IUnaryFormula where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Number((Dual(dy) * formula.Derivative(Dual(x), Dual(y))).Tangent);

    /// <summary>∂f/∂a · ȧ + ∂f/∂b · ḃ.</summary>
    public static T Along<F, T>(F formula, (T Value, T Tangent) a, (T Value, T Tangent) b)
        where F : struct, IBinaryFormula where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Scalar<T> x = new(a.Value), z = new(b.Value);
        // What does not move has no part, also where the slope is infinite.
        T ofA = a.Tangent == T.Zero ? T.Zero : Number(formula.GradientOfA(x, z, new Scalar<T>(a.Tangent)));
        T ofB = b.Tangent == T.Zero ? T.Zero : Number(formula.GradientOfB(x, z, new Scalar<T>(b.Tangent)));
        return ofA + ofB;
    }

    /// <summary>The tangent of the gradient of the first operand (0) or the second (1).</summary>
    public static T Tangent<F, T>(F formula, int operand, (T, T) a, (T, T) b, (T, T) dy)
        where F : struct, IBinaryFormula where T : unmanaged, IBinaryFloatingPointIeee754<T> => Number((operand == 0
            ? formula.GradientOfA(Dual(a), Dual(b), Dual(dy))
            : formula.GradientOfB(Dual(a), Dual(b), Dual(dy))).Tangent);

    static Dual<Scalar<T>> Dual<T>((T Value, T Tangent) x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(new(x.Value), new(x.Tangent));

    static T Number<T>(Scalar<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T number = default;
        Scalar<T>.Store(x, ref number, 0);
        return number;
    }
}
