using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

/// <summary>Every product against one obvious loop of fused multiply-adds, bit by bit, at every width.</summary>
[Collection(nameof(WorkersTests))]
public sealed class GemmTests : IDisposable
{
    readonly int _count = Workers.Count;

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

    public void Dispose() => Workers.Count = _count;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_shape_up_to_70_has_the_bits_of_the_naive_chain(Width width)
    {
        var random = new Random(7);
        int step = width is Width.Scalar or Width.Bits128 ? 3 : 1;
        for (int m = 1; m <= 70; m += step)
            for (int n = 1; n <= 70; n += step)
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
    public void Long_chains_and_many_rows_are_cut_into_blocks_without_a_trace(Width width)
    {
        var random = new Random(9);
        foreach (var (m, n, k) in ((int, int, int)[])[
            (9, 33, 513), (17, 10, 1100), (1, 70, 1153), (5, 1, 769), (70, 40, 520), (400, 10, 20), (400, 37, 9),
            (133, 70, 30), (1, 300, 70), (250, 100, 520)])
        {
            Check<float>(width, m, n, k, random);
            Check<float>(width, m, n, k, random);
            Check<double>(width, m, n, k, random);
        }
    }

    // Rows of B that lie pages apart, and B larger than a second-level cache: packed block by block.
    [Theory]
    [MemberData(nameof(Widths))]
    public void B_from_afar_is_packed_in_blocks_without_a_trace(Width width)
    {
        var random = new Random(12);
        Check<float>(width, 386, 1024, 260, random);
        if (width == Width.Bits512)
            Check<float>(width, 384, 2100, 300, random);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var random = new Random(10);
        foreach (var (m, n, k) in ((int, int, int)[])[
            (130, 200, 300), (500, 10, 64), (64, 600, 40), (1, 900, 300), (400, 1024, 280), (390, 2100, 260)])
            foreach (bool turnsA in (bool[])[false, true])
                foreach (bool turnsB in (bool[])[false, true])
                {
                    float[] a = Numbers<float>(m * k, random), b = Numbers<float>(k * n, random);
                    float[] expected = Product(1);
                    foreach (int threads in (int[])[2, 3, 7])
                        Assert.Equal(expected, Product(threads));

                    float[] Product(int threads)
                    {
                        Workers.Count = threads;
                        var c = new float[m * n];
                        Gemm.Multiply(
                            turnsA ? new ReadOnlyMatrix<float>(a, k, m).Transposed : new(a, m, k),
                            turnsB ? new ReadOnlyMatrix<float>(b, n, k).Transposed : new(b, k, n),
                            new Matrix<float>(c, m, n));
                        return c;
                    }
                }
    }

    [Theory]
    [InlineData(5, 3, 4)]
    [InlineData(64, 48, 20)]
    [InlineData(100, 70, 600)]
    [InlineData(200, 10, 33)]
    [InlineData(390, 1024, 270)]
    public void A_bias_starts_the_chains_and_the_activation_ends_them(int m, int n, int k)
    {
        var random = new Random(11);
        float[] a = Numbers<float>(m * k, random), b = Numbers<float>(k * n, random), bias = Numbers<float>(n, random);
        var expected = new float[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                float sum = bias[j];
                for (int l = 0; l < k; l++)
                    sum = float.FusedMultiplyAdd(a[i * k + l], b[l * n + j], sum);
                expected[i * n + j] = sum;
            }
        var start = ReadOnlyMatrix<float>.Row(bias, m);
        var c = new float[m * n];
        Gemm.Multiply(new(a, m, k), new(b, k, n), start, new Matrix<float>(c, m, n));
        Assert.Equal(expected, c);
        Gemm.MultiplyPacked(new(a, m, k), new(new(b, k, n)), start, new Matrix<float>(c, m, n));
        Assert.Equal(expected, c);
        var activated = new float[m * n];
        Loops.Map(new TanhFormula(), (ReadOnlySpan<float>)expected, activated);
        Gemm.Multiply(new(a, m, k), new(b, k, n), start, new Matrix<float>(c, m, n), new TanhFormula());
        Assert.Equal(activated, c);
        Gemm.MultiplyPacked(new(a, m, k), new(new(b, k, n)), start, new Matrix<float>(c, m, n), new TanhFormula());
        Assert.Equal(activated, c);
        Gemm.Multiply(new ReadOnlyMatrix<float>(Transpose(a, m, k), k, m).Transposed, new(b, k, n), start,
            new Matrix<float>(c, m, n), new TanhFormula());
        Assert.Equal(activated, c);
    }

    readonly struct TanhFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Tanh(x);
    }

    readonly struct MaxFormula : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Max(x, V.Zero);
    }

    [Fact]
    public void A_packed_matrix_gives_the_same_bits_and_takes_new_values()
    {
        var random = new Random(12);
        float[] a = Numbers<float>(20 * 90, random), b = Numbers<float>(90 * 70, random), plain = new float[20 * 70];
        var packed = new PackedMatrix<float>(new ReadOnlyMatrix<float>(Numbers<float>(5 * 3, random), 5, 3));
        packed.Pack(new(b, 90, 70));
        var c = new float[20 * 70];
        Gemm.MultiplyPacked(new(a, 20, 90), packed, new Matrix<float>(c, 20, 70));
        Gemm.Multiply(new(a, 20, 90), new(b, 90, 70), new Matrix<float>(plain, 20, 70));
        Assert.Equal(plain, c);
        Gemm.MultiplyAddPacked(new(a, 20, 90), packed, new Matrix<float>(c, 20, 70));
        Gemm.MultiplyAdd(new(a, 20, 90), new(b, 90, 70), new Matrix<float>(plain, 20, 70));
        Assert.Equal(plain, c);
        Assert.Equal((90, 70), (packed.Rows, packed.Columns));
    }

    [Theory]
    [InlineData(7, 5, 6, 4)]
    [InlineData(300, 9, 3, 11)]
    [InlineData(3, 200, 170, 150)]
    public void A_batch_is_its_products_one_by_one(int count, int m, int n, int k)
    {
        var random = new Random(13);
        float[] a = Numbers<float>(count * m * k, random), b = Numbers<float>(k * n, random);
        float[] c = new float[count * m * n], expected = new float[count * m * n];
        for (int i = 0; i < count; i++)
            Gemm.Multiply(new(a.AsSpan(i * m * k), m, k), new(b, k, n),
                new Matrix<float>(expected.AsSpan(i * m * n), m, n));
        GemmBatch.Multiply(count, new(a, m, k), m * k, new(b, k, n), 0, new Matrix<float>(c, m, n), m * n);
        Assert.Equal(expected, c);
        for (int i = 0; i < count; i++)
            Gemm.MultiplyAdd(new(a.AsSpan(i * m * k), m, k), new(b, k, n),
                new Matrix<float>(expected.AsSpan(i * m * n), m, n));
        GemmBatch.MultiplyAdd(count, new(a, m, k), m * k, new(b, k, n), 0, new Matrix<float>(c, m, n), m * n);
        Assert.Equal(expected, c);
    }

    [Fact]
    public void NaN_and_infinity_reach_the_result()
    {
        float[] a = [1, 2, float.NaN, 4], b = [1, 0, 0, float.PositiveInfinity], c = new float[4];
        Gemm.Multiply(new(a, 2, 2), new(b, 2, 2), new Matrix<float>(c, 2, 2));
        Assert.Equal([1, float.PositiveInfinity, float.NaN, float.NaN], c);
        Gemm.Multiply(new(a, 2, 2), new(b, 2, 2), ReadOnlyMatrix<float>.Row(new float[2], 2),
            new Matrix<float>(c, 2, 2), new MaxFormula());
        Assert.Equal([1, float.PositiveInfinity, float.NaN, float.NaN], c);
    }

    [Fact]
    public void A_product_allocates_nothing()
    {
        Workers.Count = 2;
        float[] a = new float[130 * 30], b = new float[30 * 70], c = new float[130 * 70];
        Assert.Equal(0, Allocations.Of(All));

        void All()
        {
            Gemm.Multiply(new(a, 130, 30), new(b, 30, 70), new Matrix<float>(c, 130, 70));
            Gemm.Multiply(new ReadOnlyMatrix<float>(a, 30, 130).Transposed,
                new ReadOnlyMatrix<float>(b, 70, 30).Transposed, new Matrix<float>(c, 130, 70));
            Gemm.Multiply(new ReadOnlyMatrix<float>(a, 30, 130).Transposed, new(b, 30, 10),
                new Matrix<float>(c, 130, 10));
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_named()
    {
        float[] x = new float[100];
        var error = Assert.Throws<ArgumentException>(
            () => Gemm.Multiply(new(x, 4, 5), new(x, 6, 7), new Matrix<float>(x, 4, 7)));
        Assert.Contains("[4, 5] · [6, 7] into [4, 7]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => { _ = new ReadOnlyMatrix<float>(x, 20, 6); });
        Assert.Throws<ArgumentException>(() => { _ = new Matrix<float>(x, 5, 6, 5); });
        Assert.Throws<ArgumentException>(() => Gemm.Multiply(
            new(x, 4, 5), new(x, 5, 7), new ReadOnlyMatrix<float>(x, 4, 6), new Matrix<float>(x, 4, 7)));
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

    static float[] Transpose(float[] values, int rows, int columns)
    {
        var turned = new float[values.Length];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                turned[j * rows + i] = values[i * columns + j];
        return turned;
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
        Gemm.Run<T, V, S, NoTileEnd<T>>(a, b, adds ? c : default, c, m, n, k, false, default);
}
