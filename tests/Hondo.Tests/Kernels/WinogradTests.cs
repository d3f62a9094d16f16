using System.Runtime.Intrinsics;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

/// <summary>Winograd's convolutions against sums of products in double precision, and against themselves.</summary>
[Collection(nameof(WorkersTests))]
public sealed unsafe class WinogradTests : IDisposable
{
    // Shapes of networks, maps that tiles of 4 do not fill, and borders of 0, 1 and 2 that are not the same all around.
    static readonly ConvolutionSizes[] Shapes =
    [
        new(2, Axis(8, 1), Axis(8, 1), 64, 64, 1), new(3, Axis(13, 0), Axis(10, 2), 16, 48, 1),
        new(1, new(9, 9, 3, 1, 1, 2), new(11, 11, 3, 1, 1, 0), 32, 16, 1), new(2, Axis(32, 1), Axis(8, 1), 16, 16, 1),
        new(1, Axis(14, 1), Axis(15, 1), 144, 80, 1),
    ];

    readonly int _count = Workers.Count;

    public static TheoryData<GemmTests.Width> Widths => GemmTests.Widths;

    public void Dispose()
    {
        Workers.Count = _count;
        Numerics.Exact = false;
    }

    [Fact]
    public void Its_largest_error_is_below_a_hundred_thousandth_of_the_largest_number()
    {
        foreach (ConvolutionSizes sizes in Shapes)
        {
            var (x, w, dy) = Numbers(sizes);
            Results numbers = Run(sizes, x, w, dy);
            var exact = Exact(sizes, x, w, dy);
            Assert.InRange(LargestError(exact.Y, numbers.Y), 0, 1e-5);
            Assert.InRange(LargestError(exact.Dx, numbers.Dx), 0, 1e-5);
            Assert.InRange(LargestError(exact.Dw, numbers.Dw), 0, 1e-5);
            Assert.InRange(LargestError(exact.Bias, numbers.Bias), 0, 1e-5);
        }
    }

    [Fact]
    public void A_huge_pixel_moves_others_of_its_tile_by_a_hundred_thousandth_of_itself_and_no_other_tile()
    {
        ConvolutionSizes sizes = new(1, Axis(16, 1), Axis(16, 1), 16, 16, 1);
        var (x, w, dy) = Numbers(sizes);
        float[] before = Run(sizes, x, w, dy).Y;
        // Pixel (1, 1) is seen by the outputs (0…2, 0…2) and by no tile but the first.
        const float huge = 1e4f;
        x[17 * 16] = huge;
        float[] after = Run(sizes, x, w, dy).Y;
        for (int i = 0; i < after.Length; i++)
        {
            int row = i / 16 / 16, column = i / 16 % 16;
            if (row >= 4 || column >= 4)
                Assert.Equal(before[i], after[i]);
            else if (row > 2 || column > 2)
                Assert.Equal(before[i], after[i], 1e-5f * huge);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_width_and_number_of_threads_has_the_same_bits(GemmTests.Width width)
    {
        foreach (ConvolutionSizes sizes in Shapes)
        {
            var (x, w, dy) = Numbers(sizes);
            Results expected = Run(sizes, x, w, dy);
            foreach (int threads in (int[])[1, 2, 3])
            {
                Workers.Count = threads;
                Results actual = width switch
                {
                    GemmTests.Width.Bits512 =>
                        Run<Vector512<float>, Register512<float>, Lanes512<float>>(sizes, x, w, dy),
                    GemmTests.Width.Bits256 =>
                        Run<Vector256<float>, Register256<float>, Lanes256<float>>(sizes, x, w, dy),
                    GemmTests.Width.Bits128 =>
                        Run<Vector128<float>, Register128<float>, Lanes128<float>>(sizes, x, w, dy),
                    _ => Run<float, RegisterScalar<float>, Scalar<float>>(sizes, x, w, dy),
                };
                Assert.Equal(expected.Y, actual.Y);
                Assert.Equal(expected.Dx, actual.Dx);
                Assert.Equal(expected.Dw, actual.Dw);
                Assert.Equal(expected.Bias, actual.Bias);
            }
        }
    }

    [Fact]
    public void A_bias_is_added_and_so_is_what_was_there()
    {
        ConvolutionSizes sizes = Shapes[1];
        var (x, w, dy) = Numbers(sizes);
        float[] y = Run(sizes, x, w, dy).Y, bias = Random(sizes.Outputs, 9), sum = [.. dy], with = new float[y.Length];
        fixed (float* px = x, pw = w, pb = bias, ps = sum, pt = with)
        {
            Winograd.Forward(sizes, px, pw, pb, pt, accumulate: false);
            Winograd.Forward(sizes, px, pw, null, ps, accumulate: true);
        }
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(y[i] + bias[i % bias.Length], with[i]);
            Assert.Equal(y[i] + dy[i], sum[i]);
        }
    }

    [Fact]
    public void The_gradient_of_the_weights_is_added_up_in_chunks_of_images()
    {
        // 40 images of 16 tiles are ten chunks, 40 images of 144 channels three.
        foreach (ConvolutionSizes sizes in (ConvolutionSizes[])[
            Shapes[3] with { Batch = 40 }, Shapes[4] with { Batch = 12 }])
        {
            var (x, w, dy) = Numbers(sizes);
            double[] exact = Exact(sizes, x, w, dy).Dw;
            float[] bias = Random(sizes.Outputs, 9), expected = [];
            Assert.InRange(LargestError(exact, Run(sizes, x, w, dy).Dw), 0, 1e-5);
            foreach (int threads in (int[])[1, 2, 3])
            {
                Workers.Count = threads;
                float[] added = [.. w], sums = [.. bias];
                Convolution.BackwardWeights<float>(sizes, x, dy, added, true, sums, true);
                expected = threads == 1 ? added : expected;
                Assert.Equal(expected, added);
                Assert.InRange(LargestError([.. exact.Zip(w, (e, before) => e + before)], added), 0, 1e-5);
                for (int o = 0; o < sums.Length; o++)
                    Assert.Equal(bias[o] + dy.Where((_, i) => i % sums.Length == o).Sum(g => (double)g), sums[o], 1e-3);
            }
        }
    }

    [Fact]
    public void Training_goes_this_way_and_allocates_nothing()
    {
        Workers.Count = 2;
        ConvolutionSizes sizes = Shapes[0];
        var (x, w, dy) = Numbers(sizes);
        Results expected = Run(sizes, x, w, dy), actual = Results.Of(sizes);
        Assert.Equal(0, Allocations.Of(All));
        Assert.Equal(expected.Y, actual.Y);
        Assert.Equal(expected.Dx, actual.Dx);
        Assert.Equal(expected.Dw, actual.Dw);
        Numerics.Exact = true;
        All();
        Assert.NotEqual(expected.Y, actual.Y);
        Assert.NotEqual(expected.Dw, actual.Dw);

        void All()
        {
            Convolution.Forward<float>(sizes, x, w, default, actual.Y, accumulate: false);
            Convolution.Backward<float>(sizes, dy, w, default, actual.Dx, accumulate: false);
            Convolution.BackwardWeights<float>(sizes, x, dy, actual.Dw, accumulate: false);
        }
    }

    [Fact]
    public void The_shape_alone_decides_and_exact_numerics_say_no()
    {
        Assert.All(Shapes, sizes => Assert.True(Winograd.Suits(sizes)));
        ConvolutionSizes small = Shapes[0];
        Assert.True(Winograd.Suits(small with { Batch = 1 }));
        Assert.False(Winograd.Suits(small with { Channels = 24 }));
        Assert.False(Winograd.Suits(small with { Outputs = 10 }));
        Assert.False(Winograd.Suits(small with { Groups = 2 }));
        Assert.False(Winograd.Suits(small with { Vertical = Axis(7, 1) }));
        Assert.False(Winograd.Suits(small with { Vertical = new(16, 8, 3, 2, 1, 1) }));
        Assert.False(Winograd.Suits(small with { Vertical = new(12, 8, 5, 1, 1, 0) }));
        Assert.False(Winograd.Suits(small with { Vertical = new(12, 10, 3, 1, 2, 1) }));
        Numerics.Exact = true;
        Assert.False(Winograd.Suits(small));
    }

    static ConvolutionAxis Axis(int input, int before) => new(input, input + 2 * before - 2, 3, 1, 1, before);

    static (float[] X, float[] W, float[] Dy) Numbers(ConvolutionSizes sizes) =>
        (Random(sizes.InputLength, 1), Random(sizes.WeightLength, 2), Random(sizes.OutputLength, 3));

    static float[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
    }

    static Results Run(ConvolutionSizes sizes, float[] x, float[] w, float[] dy)
    {
        Results to = Results.Of(sizes);
        fixed (float* px = x, pw = w, py = dy, pty = to.Y, ptx = to.Dx, ptw = to.Dw, ptb = to.Bias)
        {
            Winograd.Forward(sizes, px, pw, null, pty, accumulate: false);
            Winograd.Backward(sizes, py, pw, null, ptx, accumulate: false);
            Winograd.BackwardWeights(sizes, px, py, ptw, false, ptb, false);
        }
        return to;
    }

    static Results Run<V, S, L>(ConvolutionSizes sizes, float[] x, float[] w, float[] dy)
        where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
    {
        Results to = Results.Of(sizes);
        fixed (float* px = x, pw = w, py = dy, pty = to.Y, ptx = to.Dx, ptw = to.Dw, ptb = to.Bias)
        {
            Winograd.Run<V, S, L>(WinogradShape.Forward(sizes), sizes.Batch, px, pw, false, null, pty, false);
            Winograd.Run<V, S, L>(WinogradShape.Backward(sizes), sizes.Batch, py, pw, true, null, ptx, false);
            new WinogradGradient<V, S, L>(
                WinogradShape.Forward(sizes), sizes.Batch, px, py, ptw, false, ptb, false).Run();
        }
        return to;
    }

    static (double[] Y, double[] Dx, double[] Dw, double[] Bias) Exact(
        ConvolutionSizes sizes, float[] x, float[] w, float[] dy)
    {
        double[] y = new double[dy.Length], dx = new double[x.Length], dw = new double[w.Length];
        double[] wide = Wide(w), bias = new double[sizes.Outputs];
        Convolution.Forward<double>(sizes, Wide(x), wide, default, y, false);
        Convolution.Backward<double>(sizes, Wide(dy), wide, default, dx, false);
        Convolution.BackwardWeights<double>(sizes, Wide(x), Wide(dy), dw, false, bias, false);
        return (y, dx, dw, bias);
    }

    static double[] Wide(float[] numbers) => Array.ConvertAll(numbers, number => (double)number);

    static double LargestError(double[] expected, float[] actual) =>
        expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / expected.Max(Math.Abs);

    readonly record struct Results(float[] Y, float[] Dx, float[] Dw, float[] Bias)
    {
        public static Results Of(ConvolutionSizes sizes) => new(new float[sizes.OutputLength],
            new float[sizes.InputLength], new float[sizes.WeightLength], new float[sizes.Outputs]);
    }
}
