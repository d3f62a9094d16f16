using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>A formula of two whole numbers.</summary>
interface IWholeFormula
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>f(a, b), exact in 64 bits.</summary>
    long Apply(long a, long b);
}

/// <summary>y = f(a, b) of Int32 numbers, element by element; no gradient, no result outside Int32.</summary>
/// <typeparam name="F">The formula.</typeparam>
readonly record struct WholeOp<F> : IOp where F : struct, IWholeFormula, IEquatable<F>
{
    static string IOp.Name => F.Name;

    static bool IOp.StopsGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0] == x[1]
        ? x[0]
        : throw ShapeException.For<WholeOp<F>>(x,
            "both must have the same shape here; apply it through Broadcast.Apply");

    DType IOp.ResultType(ReadOnlySpan<DType> x) => x[0] == DType.Int32 && x[1] == DType.Int32
        ? DType.Int32
        : throw new ArgumentException($"{F.Name} of {x[0]} and {x[1]}: convert one of them, x.To(DType.Float32) for "
            + "fractions or x.To(DType.Int32) for whole numbers.");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        ReadOnlySpan<int> a = x[0].Ints, b = x[1].Ints;
        Span<int> result = y.Ints;
        for (int i = 0; i < result.Length; i++)
            result[i] = Whole.Narrow<F>(default(F).Apply(a[i], b[i]));
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }
}

/// <summary>a + b</summary>
readonly record struct WholeSum : IWholeFormula
{
    /// <inheritdoc/>
    public static string Name => "Add";

    /// <inheritdoc/>
    public long Apply(long a, long b) => a + b;
}

/// <summary>a − b</summary>
readonly record struct WholeDifference : IWholeFormula
{
    /// <inheritdoc/>
    public static string Name => "Sub";

    /// <inheritdoc/>
    public long Apply(long a, long b) => a - b;
}

/// <summary>a · b</summary>
readonly record struct WholeProduct : IWholeFormula
{
    /// <inheritdoc/>
    public static string Name => "Mul";

    /// <inheritdoc/>
    public long Apply(long a, long b) => a * b;
}

/// <summary>⌊a / b⌋</summary>
readonly record struct WholeQuotient : IWholeFormula
{
    /// <inheritdoc/>
    public static string Name => "FloorDivide";

    /// <inheritdoc/>
    public long Apply(long a, long b) => b != 0
        ? a / b - (a % b != 0 && a < 0 != b < 0 ? 1 : 0)
        : throw new DivideByZeroException($"FloorDivide of {a} by 0: whole numbers have no infinity to give.");
}

/// <summary>max(a, b)</summary>
readonly record struct WholeMaximum : IWholeFormula
{
    /// <inheritdoc/>
    public static string Name => "Max";

    /// <inheritdoc/>
    public long Apply(long a, long b) => Math.Max(a, b);
}

/// <summary>min(a, b)</summary>
readonly record struct WholeMinimum : IWholeFormula
{
    /// <inheritdoc/>
    public static string Name => "Min";

    /// <inheritdoc/>
    public long Apply(long a, long b) => Math.Min(a, b);
}

/// <summary>Int32 numbers along an axis, taken together in 64 bits.</summary>
static class WholeFold
{
    public static void Run<F>(ReadOnlySpan<int> x, int outer, int along, int inner, long start, Span<int> y)
        where F : struct, IWholeFormula
    {
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                long result = start;
                for (int k = 0; k < along; k++)
                    result = default(F).Apply(result, x[(o * along + k) * inner + i]);
                y[o * inner + i] = Whole.Narrow<F>(result);
            }
    }
}

/// <summary>A relation of whole numbers, which float64 holds exactly.</summary>
static class WholeRelation
{
    /// <summary>1 where it holds of two numbers, else 0.</summary>
    public static void Map<F>(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> y) where F : struct, IComparison
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Holds<F>(a[i], b[i]);
    }

    /// <summary>1 where it holds of a number and a limit, else 0.</summary>
    public static void Map<F>(ReadOnlySpan<int> a, double limit, Span<int> y) where F : struct, IComparison
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = Holds<F>(a[i], limit);
    }

    static int Holds<F>(double a, double b) where F : struct, IComparison
    {
        double result = 0;
        Scalar<double>.Store(Scalar<double>.Select(default(F).Mask(new Scalar<double>(a), new Scalar<double>(b)),
            Scalar<double>.One, Scalar<double>.Zero), ref result, 0);
        return (int)result;
    }
}

/// <summary>What operations on Int32 tensors share.</summary>
static class Whole
{
    /// <summary>True when both operands hold whole numbers.</summary>
    public static bool Are(Tensor a, Tensor b) => a.DType == DType.Int32 && b.DType == DType.Int32;

    /// <summary>f of two tensors, with broadcasting.</summary>
    public static Tensor Apply<F>(Tensor a, Tensor b) where F : struct, IWholeFormula, IEquatable<F> =>
        Broadcast.Apply(new WholeOp<F>(), a, b);

    /// <summary>A number beside an Int32 tensor, as a tensor.</summary>
    /// <exception cref="ArgumentException">It is not whole.</exception>
    public static Tensor Number(double value, string operation) =>
        value == Math.Truncate(value) && Math.Abs(value) <= int.MaxValue
            ? Tensor.Full([], value, DType.Int32)
            : throw new ArgumentException($"{operation} of an Int32 tensor and {value}: the number must be whole too. "
                + "Convert the tensor with x.To(DType.Float32) for fractions.");

    /// <summary>The result as Int32.</summary>
    /// <exception cref="OverflowException">It is outside Int32.</exception>
    public static int Narrow<F>(long result) where F : IWholeFormula => result is >= int.MinValue and <= int.MaxValue
        ? (int)result
        : throw new OverflowException($"{F.Name} gives {result}, which Int32 cannot hold: convert the operands with "
            + "x.To(DType.Float64) first.");
}

public static partial class TensorExtensions
{
    extension(Tensor a)
    {
        /// <summary>⌊a / b⌋ of Int32 numbers, with broadcasting.</summary>
        /// <exception cref="DivideByZeroException">A divisor is 0.</exception>
        public Tensor FloorDivide(Tensor b) => Whole.Apply<WholeQuotient>(a, b);

        /// <summary>1 where both masks are not 0, else 0, with broadcasting.</summary>
        public Tensor And(Tensor b) => a.NotEqualTo(0) * b.NotEqualTo(0);

        /// <summary>1 where at least one of the masks is not 0, else 0, with broadcasting.</summary>
        public Tensor Or(Tensor b) => a.EqualTo(0).And(b.EqualTo(0)).Not();

        /// <summary>1 where the mask is 0, else 0.</summary>
        public Tensor Not() => a.EqualTo(0);
    }
}
