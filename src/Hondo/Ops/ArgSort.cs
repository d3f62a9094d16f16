using System.Buffers;
using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The order that sorts an axis, as Int32 indices; equal numbers keep their order, NaN counts as the largest.
/// </summary>
/// <param name="Axis">The axis, from 0.</param>
/// <param name="Descending">True puts the largest first.</param>
readonly record struct ArgSortOp(int Axis, bool Descending) : IOp
{
    static string IOp.Name => "ArgSort";

    static bool IOp.StopsGradients => true;

    static bool IOp.TakesWholeNumbers => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    DType IOp.ResultType(ReadOnlySpan<DType> x) => DType.Int32;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        var (outer, along, inner) = new AxisRun(Axis, 1, true).Sizes(x[0].Shape);
        int[] order = ArrayPool<int>.Shared.Rent(along), scratch = ArrayPool<int>.Shared.Rent(along);
        for (int o = 0; o < outer; o++)
            for (int i = 0; i < inner; i++)
            {
                int first = o * along * inner + i;
                for (int k = 0; k < along; k++)
                    order[k] = k;
                if (x[0].Type == DType.Int32)
                    Sort<int>(x[0].Ints[first..], inner, order.AsSpan(0, along), scratch.AsSpan(0, along));
                else
                    Sort<T>(x[0].Data[first..], inner, order.AsSpan(0, along), scratch.AsSpan(0, along));
                for (int k = 0; k < along; k++)
                    y.Ints[first + k * inner] = order[k];
            }
        ArrayPool<int>.Shared.Return(order);
        ArrayPool<int>.Shared.Return(scratch);
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) { }

    // Runs of 1, 2, 4 … are merged: stable, and without the delegates that the runtime's sort needs.
    void Sort<T>(ReadOnlySpan<T> values, int step, Span<int> order, Span<int> scratch)
        where T : unmanaged, INumber<T>
    {
        for (int run = 1; run < order.Length; run *= 2)
        {
            for (int start = 0; start < order.Length; start += 2 * run)
            {
                int middle = Math.Min(start + run, order.Length), end = Math.Min(start + 2 * run, order.Length);
                for (int a = start, b = middle, to = start; to < end; to++)
                    scratch[to] = b < end
                        && (a == middle || Precedes(values[order[b] * step], values[order[a] * step]))
                        ? order[b++] : order[a++];
            }
            scratch.CopyTo(order);
        }
    }

    bool Precedes<T>(T a, T b) where T : INumber<T> => Descending
        ? a > b || (T.IsNaN(a) && !T.IsNaN(b))
        : a < b || (T.IsNaN(b) && !T.IsNaN(a));
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The indices that sort an axis, Int32.</summary>
        public Tensor ArgSort(int axis = -1, bool descending = false) =>
            Tape.Apply(new ArgSortOp(x.Shape.Axis(axis), descending), x);

        /// <summary>The numbers along an axis in order; each gradient goes back to its number.</summary>
        public Tensor Sort(int axis = -1, bool descending = false) => x.Gather(x.ArgSort(axis, descending), axis);

        /// <summary>The indices of the k largest numbers along an axis, largest first, Int32.</summary>
        public Tensor ArgTopK(int k, int axis = -1) =>
            k >= 0 && k <= x.Shape[x.Shape.Axis(axis)]
                ? x.ArgSort(axis, descending: true).SliceAxis(axis, ..k)
                : throw new ShapeException($"TopK of {x.Shape} cannot give {k} numbers along axis {axis}: ask for 0 to "
                    + $"{x.Shape[x.Shape.Axis(axis)]}.");

        /// <summary>The k largest numbers along an axis, largest first.</summary>
        public Tensor TopK(int k, int axis = -1) => x.Gather(x.ArgTopK(k, axis), axis);
    }
}
