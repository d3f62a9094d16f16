using System.Numerics;
using System.Runtime.Intrinsics;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

[Collection(nameof(WorkersTests))]
public sealed class GemmTests
{
    public enum Width { Scalar, Bits128, Bits256, Bits512 }

    public static TheoryData<Width> Widths
    {
        get
        {
            TheoryData<Width> widths = [Width.Scalar, Width.Bits128];
            if (Vector256.IsHardwareAccelerated)
                widths.Add(Width.Bits256);
            if (Vector512.IsHardwareAccelerated)
                widths.Add(Width.Bits512);
            return widths;
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_shape_up_to_70_has_the_bits_of_the_naive_chain(Width width)
    {
        var random = new Random(7);
        int most = width is Width.Scalar or Width.Bits128 ? 24 : 70;
        for (int m = 1; m <= most; m++)
            for (int n = 1; n <= most; n++)
                Check<float>(width, m, n, random.Next(1, 71), random);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Random_shapes_have_the_bits_of_the_naive_chain(Width width)
    {
        var random = new Random(8);
        for (int i = 0; i < 300; i++)
        {
            Check<float>(width, random.Next(1, 71), random.Next(1, 71), random.Next(0, 71), random);
            Check<double>(width, random.Next(1, 71), random.Next(1, 71), random.Next(0, 71), random);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Long_chains_cross_blocks_of_k_without_a_trace(Width width)
    {
        var random = new Random(9);
        foreach (var (m, n, k) in ((int, int, int)[])[(9, 33, 385), (17, 10, 800), (1, 70, 1153), (5, 1, 769)])
        {
            Check<float>(width, m, n, k, random);
            Check<double>(width, m, n, k, random);
        }
    }

    // Draws strides, transposes and accumulation, and looks that the numbers between C's rows are left alone.
    static void Check<T>(Width width, int m, int n, int k, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (aRow, aColumn) = Strides(m, k, random);
        var (bRow, bColumn) = Strides(k, n, random);
        int cRow = n + random.Next(3);
        bool adds = random.Next(2) == 0;
        T[] a = Numbers<T>(m * aRow + k * aColumn, random), b = Numbers<T>(k * bRow + n * bColumn, random);
        T[] c = Numbers<T>(m * cRow, random), expected = [.. c];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                T sum = adds ? c[i * cRow + j] : T.Zero;
                for (int l = 0; l < k; l++)
                    sum = T.FusedMultiplyAdd(a[i * aRow + l * aColumn], b[l * bRow + j * bColumn], sum);
                expected[i * cRow + j] = sum;
            }
        Multiply<T>(width, new(a, m, k, aRow, aColumn), new(b, k, n, bRow, bColumn), new(c, m, n, cRow), adds);
        Assert.True(expected.AsSpan().SequenceEqual(c),
            $"[{m}, {k}]·[{k}, {n}], strides {aRow},{aColumn} {bRow},{bColumn} {cRow}, adds {adds}, {width}");
    }

    static (int Row, int Column) Strides(int rows, int columns, Random random) => random.Next(5) switch
    {
        0 or 1 => (columns + random.Next(3), 1),
        2 or 3 => (1, rows + random.Next(3)),
        _ => (columns * 2, 2),
    };

    static T[] Numbers<T>(int count, Random random) where T : IBinaryFloatingPointIeee754<T>
    {
        var numbers = new T[count];
        for (int i = 0; i < count; i++)
            numbers[i] = T.CreateTruncating(random.NextDouble() * 2 - 1);
        return numbers;
    }

    static unsafe void Multiply<T>(Width width, ReadOnlyMatrix<T> a, ReadOnlyMatrix<T> b, Matrix<T> c, bool adds)
        where T : unmanaged
    {
        fixed (T* pa = a.Values, pb = b.Values, pc = c.Values)
        {
            Operand<T> x = new(pa, a.RowStride, a.ColumnStride), y = new(pb, b.RowStride, b.ColumnStride);
            Operand<T> z = new(pc, c.RowStride, 1);
            if (width == Width.Scalar)
                Run<T, T, RegisterScalar<T>>(x, y, z, c.Rows, c.Columns, a.Columns, adds);
            else if (width == Width.Bits128)
                Run<T, Vector128<T>, Register128<T>>(x, y, z, c.Rows, c.Columns, a.Columns, adds);
            else if (width == Width.Bits256)
                Run<T, Vector256<T>, Register256<T>>(x, y, z, c.Rows, c.Columns, a.Columns, adds);
            else
                Run<T, Vector512<T>, Register512<T>>(x, y, z, c.Rows, c.Columns, a.Columns, adds);
        }
    }

    static void Run<T, V, S>(Operand<T> a, Operand<T> b, Operand<T> c, int m, int n, int k, bool adds)
        where T : unmanaged where V : struct where S : struct, IRegister<T, V> =>
        Gemm.Run<T, V, S, NoTileEnd<T>>(a, b, c, m, n, k, adds, false, default);
}
