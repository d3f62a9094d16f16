using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>The same numbers in another type: to Int32 towards zero      dx = dy in x's type</summary>
/// <param name="Type">The type to convert to.</param>
readonly record struct CastOp(DType Type) : IOp, ILinearOp
{
    static string IOp.Name => "Cast";

    static bool IOp.OverwritesGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => Type;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        if (y.Type == DType.Int32)
            From(x[0], y.Ints, accumulate: false);
        else
            From(x[0], y.Data, accumulate: false);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (dx[0].Type == DType.Float64)
            Each<T, double>(dy.Data, dx[0].As<double>(), dx[0].Accumulates);
        else
            Each<T, float>(dy.Data, dx[0].As<float>(), dx[0].Accumulates);
    }

    static void From<T, TTo>(View<T> x, Span<TTo> y, bool accumulate)
        where T : unmanaged where TTo : unmanaged, INumber<TTo>
    {
        if (x.Type == DType.Float64)
            Each<double, TTo>(x.As<double>(), y, accumulate);
        else if (x.Type == DType.Int32)
            Each<int, TTo>(x.Ints, y, accumulate);
        else
            Each<float, TTo>(x.As<float>(), y, accumulate);
    }

    static void Each<TFrom, TTo>(ReadOnlySpan<TFrom> x, Span<TTo> y, bool accumulate)
        where TFrom : unmanaged, INumber<TFrom> where TTo : unmanaged, INumber<TTo>
    {
        for (int i = 0; i < y.Length; i++)
        {
            TTo number = TTo.CreateSaturating(x[i]);
            y[i] = accumulate ? y[i] + number : number;
        }
    }
}

/// <summary>The same numbers, through which no gradient passes.</summary>
readonly record struct DetachOp : IOp
{
    static string IOp.Name => "Detach";

    static bool IOp.StopsGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => x[0].Data.CopyTo(y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The same numbers in another type. To Int32 they are cut towards zero, numbers beyond its range become its
        /// ends and NaN becomes 0.
        /// </summary>
        public Tensor To(DType type) => x.DType == type ? x : Tape.Apply(new CastOp(type), x);

        /// <summary>The same numbers as a constant: Backward stops here.</summary>
        public Tensor Detach() => Tape.Apply(new DetachOp(), x);
    }
}
