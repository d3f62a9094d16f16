using System.Numerics;
using System.Runtime.Intrinsics;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

/// <summary>Every convolution against its definition, bit by bit, at every width.</summary>
[Collection(nameof(WorkersTests))]
public sealed class ConvolutionTests : IDisposable
{
    readonly int _count = Workers.Count;

    public static TheoryData<GemmTests.Width> Widths => GemmTests.Widths;

    public void Dispose() => Workers.Count = _count;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Random_convolutions_have_the_bits_of_the_naive_chain(GemmTests.Width width)
    {
        var random = new Random(21);
        for (int i = 0; i < 250; i++)
        {
            Check<float>(width, Draw(random), random);
            Check<double>(width, Draw(random), random);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Long_chains_and_wide_outputs_are_cut_into_blocks_without_a_trace(GemmTests.Width width)
    {
        var random = new Random(22);
        ConvolutionAxis three = new(9, 9, 3, 1, 1, 1), wide = new(40, 20, 5, 2, 1, 2);
        Check<float>(width, new(2, three, three, 70, 40, 1), random);
        Check<float>(width, new(9, three, three, 5, 33, 1), random);
        Check<float>(width, new(1, wide, wide, 6, 17, 1), random);
        Check<float>(width, new(2, three, wide, 37, 37, 37), random);
        Check<float>(width, new(1, three, three, 48, 66, 2), random);
        ConvolutionAxis valid = new(10, 6, 5, 1, 1, 0), halved = new(11, 4, 5, 2, 1, 0);
        Check<float>(width, new(9, valid, valid, 6, 16, 1), random);
        Check<float>(width, new(3, valid, halved, 20, 400, 1), random);
        Check<double>(width, new(2, valid, valid, 3, 5, 1), random);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Kernels_three_wide_with_few_outputs_have_the_bits_of_the_naive_chain(GemmTests.Width width)
    {
        var random = new Random(26);
        ConvolutionAxis same = new(37, 37, 3, 1, 1, 1), valid = new(20, 18, 3, 1, 1, 0), low = new(4, 4, 3, 1, 1, 1);
        ConvolutionAxis strided = new(9, 5, 3, 2, 1, 1), wide = new(16, 18, 3, 1, 1, 2), flat = new(3, 3, 1, 1, 1, 0);
        foreach (ConvolutionSizes sizes in (ConvolutionSizes[])[
            new(2, low, same, 16, 16, 1), new(1, strided, valid, 9, 12, 1), new(9, low, wide, 8, 5, 1),
            new(1, low, valid, 130, 16, 1), new(1, low, same, 3, 48, 1), new(2, flat, same, 8, 1, 1)])
        {
            Check<float>(width, sizes, random);
            Check<double>(width, sizes, random);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Targets_at_the_border_have_tiles_of_their_own_without_a_trace(GemmTests.Width width)
    {
        var random = new Random(27);
        ConvolutionAxis same = new(5, 5, 3, 1, 1, 1), tall = new(70, 35, 5, 2, 1, 2), broad = new(33, 33, 3, 1, 1, 1);
        ConvolutionAxis spread = new(6, 6, 3, 1, 2, 2), far = new(3, 10, 2, 1, 1, 4), thin = new(4, 6, 1, 1, 1, 1);
        foreach (ConvolutionSizes sizes in (ConvolutionSizes[])[
            new(9, same, same, 16, 18, 1), new(8, tall, broad, 16, 5, 1), new(8, spread, same, 32, 32, 2),
            new(8, far, thin, 16, 17, 1), new(8, same, far, 160, 16, 1), new(17, same, same, 34, 16, 1),
            new(3, same, far, 24, 600, 1)])
            Check<float>(width, sizes, random);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Channels_by_themselves_have_the_bits_of_the_naive_chain(GemmTests.Width width)
    {
        var random = new Random(28);
        ConvolutionAxis three = new(19, 19, 3, 1, 1, 1), five = new(13, 13, 5, 1, 1, 2), thin = new(6, 6, 1, 1, 1, 0);
        ConvolutionAxis strided = new(21, 11, 5, 2, 1, 2), spread = new(18, 14, 3, 1, 3, 1);
        ConvolutionAxis seven = new(24, 24, 7, 1, 1, 3), apart = new(30, 10, 2, 3, 1, 0), both = new(20, 9, 3, 2, 2, 1);
        foreach (ConvolutionSizes sizes in (ConvolutionSizes[])[
            new(2, three, three, 48, 48, 48), new(1, five, five, 37, 37, 37), new(1, strided, strided, 20, 20, 20),
            new(2, spread, spread, 17, 17, 17), new(1, seven, seven, 16, 16, 16), new(1, apart, both, 33, 33, 33),
            new(1, both, apart, 8, 8, 8), new(1, thin, three, 150, 150, 150), new(3, three, thin, 5, 5, 5)])
        {
            Check<float>(width, sizes, random);
            Check<double>(width, sizes, random);
        }
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(70, 2)]
    [InlineData(6, 1)]
    [InlineData(16, 1)]
    public void The_gradient_of_the_bias_is_the_sum_of_dy_with_any_number_of_threads(int outputs, int groups)
    {
        ConvolutionAxis axis = new(20, 20, 3, 1, 1, 1);
        var sizes = new ConvolutionSizes(9, axis, axis, 8, outputs, groups);
        var random = new Random(28);
        double[] x = Numbers<double>(sizes.InputLength, random), dy = Numbers<double>(sizes.OutputLength, random);
        double[] dw = new double[sizes.WeightLength], first = [];
        for (int threads = 1; threads <= 3; threads++)
        {
            Workers.Count = threads;
            double[] bias = [.. Enumerable.Repeat(1.0, outputs)];
            Convolution.BackwardWeights<double>(sizes, x, dy, dw, false, bias, true);
            for (int o = 0; o < outputs; o++)
                Assert.Equal(1 + dy.Where((_, i) => i % outputs == o).Sum(), bias[o], 1e-10);
            first = threads == 1 ? bias : first;
            Assert.Equal(first, bias);
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var random = new Random(23);
        ConvolutionAxis axis = new(20, 20, 3, 1, 1, 1), strided = new(20, 10, 3, 2, 1, 1);
        foreach (ConvolutionSizes sizes in (ConvolutionSizes[])[
            new(12, axis, axis, 8, 24, 1), new(1, axis, axis, 16, 70, 1), new(16, strided, strided, 12, 12, 12),
            new(3, strided, axis, 8, 12, 4), new(20, axis, axis, 3, 6, 1), new(9, axis, axis, 8, 16, 1)])
        {
            float[] x = Numbers<float>(sizes.InputLength, random), dy = Numbers<float>(sizes.OutputLength, random);
            float[] w = Numbers<float>(sizes.WeightLength, random);
            float[] expected = All(1);
            foreach (int threads in (int[])[2, 3, 7])
                Assert.Equal(expected, All(threads));

            float[] All(int threads)
            {
                Workers.Count = threads;
                float[] y = new float[dy.Length], dx = new float[x.Length], dw = new float[w.Length];
                Convolution.Forward<float>(sizes, x, w, default, y, accumulate: false);
                Convolution.Backward<float>(sizes, dy, w, default, dx, accumulate: false);
                Convolution.BackwardWeights<float>(sizes, x, dy, dw, accumulate: false);
                return [.. y, .. dx, .. dw];
            }
        }
    }

    [Fact]
    public void Chunks_of_many_images_add_up_to_the_gradient_of_the_weights()
    {
        var random = new Random(24);
        ConvolutionAxis axis = new(16, 16, 3, 1, 1, 1);
        foreach (ConvolutionSizes sizes in (ConvolutionSizes[])[
            new(70, axis, axis, 3, 5, 1), new(70, axis, axis, 4, 4, 4)])
        {
            double[] x = Numbers<double>(sizes.InputLength, random), dy = Numbers<double>(sizes.OutputLength, random);
            double[] dw = Numbers<double>(sizes.WeightLength, random), expected = [.. dw];
            NaiveConvolution.BackwardWeights(sizes, x, dy, expected);
            Convolution.BackwardWeights<double>(sizes, x, dy, dw, accumulate: true);
            for (int i = 0; i < dw.Length; i++)
                Assert.Equal(expected[i], dw[i], 1e-10);
        }
    }

    [Fact]
    public void Pairs_of_pixels_have_the_bits_of_each_alone_and_their_weights_gradients_add_up()
    {
        var random = new Random(25);
        ConvolutionAxis five = new(13, 12, 5, 1, 1, 2), strided = new(17, 8, 5, 2, 1, 1), three = new(9, 9, 3, 1, 1, 1);
        foreach (ConvolutionSizes sizes in (ConvolutionSizes[])[
            new(3, five, five, 1, 6, 1), new(2, three, strided, 2, 8, 1), new(40, five, strided, 3, 1, 1)])
        {
            Assert.True(ConvolutionPairs<double>.IsBetter(sizes));
            double[] x = Numbers<double>(sizes.InputLength, random), dy = Numbers<double>(sizes.OutputLength, random);
            double[] w = Numbers<double>(sizes.WeightLength, random), bias = Numbers<double>(sizes.Outputs, random);
            double[] y = new double[dy.Length], expected = new double[dy.Length];
            NaiveConvolution.Forward(sizes, x, w, bias, expected);
            Convolution.Forward<double>(sizes, x, w, bias, y, accumulate: false);
            Assert.Equal(expected, y);
            double[] dw = [.. w], sums = [.. w];
            NaiveConvolution.BackwardWeights(sizes, x, dy, sums);
            Convolution.BackwardWeights<double>(sizes, x, dy, dw, accumulate: true);
            for (int i = 0; i < dw.Length; i++)
                Assert.Equal(sums[i], dw[i], 1e-10);
        }
    }

    [Fact]
    public void A_convolution_allocates_nothing()
    {
        Workers.Count = 2;
        ConvolutionAxis axis = new(12, 12, 3, 1, 1, 1);
        var sizes = new ConvolutionSizes(4, axis, axis, 8, 24, 1);
        float[] x = new float[sizes.InputLength], y = new float[sizes.OutputLength], w = new float[sizes.WeightLength];
        Assert.Equal(0, Allocations.Of(All));

        void All()
        {
            Convolution.Forward<float>(sizes, x, w, default, y, accumulate: false);
            Convolution.Backward<float>(sizes, y, w, default, x, accumulate: true);
            Convolution.BackwardWeights<float>(sizes, x, y, w, accumulate: false);
        }
    }

    [Fact]
    public void Arrays_of_other_lengths_are_refused()
    {
        var axis = new ConvolutionAxis(4, 4, 3, 1, 1, 1);
        float[] x = new float[32];
        var error = Assert.Throws<ArgumentException>(() =>
            Convolution.Forward<float>(new(1, axis, axis, 2, 2, 1), x, x, default, x, false));
        Assert.Contains("32 for the weights", error.Message, StringComparison.Ordinal);
    }

    static ConvolutionSizes Draw(Random random)
    {
        int groups = random.Next(4) == 0 ? random.Next(2, 5) : 1;
        int inputs = random.Next(3) == 0 ? 8 * random.Next(1, 4) : random.Next(1, 9);
        int outputs = random.Next(3) == 0 ? random.Next(1, 40) : random.Next(1, 9);
        if (groups > 1 && random.Next(2) == 0)
            (groups, inputs, outputs) = (random.Next(2, 40), 1, 1);
        return new(random.Next(1, 4), Axis(random), Axis(random), groups * inputs, groups * outputs, groups);
    }

    static ConvolutionAxis Axis(Random random)
    {
        while (true)
        {
            int input = random.Next(1, 12), kernel = random.Next(1, 5), stride = random.Next(1, 4);
            int dilation = random.Next(1, 4), before = random.Next(0, 4), after = random.Next(0, 4);
            int free = input + before + after - dilation * (kernel - 1) - 1;
            if (free >= 0)
                return new(input, free / stride + 1, kernel, stride, dilation, before);
        }
    }

    static unsafe void Check<T>(GemmTests.Width width, ConvolutionSizes sizes, Random random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool adds = random.Next(2) == 0, hasBias = random.Next(2) == 0;
        T[] x = Numbers<T>(sizes.InputLength, random), dy = Numbers<T>(sizes.OutputLength, random);
        T[] w = Numbers<T>(sizes.WeightLength, random), bias = Numbers<T>(sizes.Outputs, random);
        T[] y = new T[dy.Length], dx = adds ? Numbers<T>(x.Length, random) : new T[x.Length];
        T[] dw = adds ? Numbers<T>(w.Length, random) : new T[w.Length];
        T[] y2 = Numbers<T>(y.Length, random), dx2 = adds ? [.. dx] : Numbers<T>(x.Length, random);
        T[] dw2 = adds ? [.. dw] : Numbers<T>(w.Length, random), dw3 = [.. dw2];
        NaiveConvolution.Forward(sizes, x, w, hasBias ? bias : null, y);
        NaiveConvolution.Backward(sizes, dy, w, dx);
        NaiveConvolution.BackwardWeights(sizes, x, dy, dw);
        fixed (T* px = x, pw = w, pb = bias, pdy = dy, py = y2, pdx = dx2, pdw = dw2, pouter = dw3)
        {
            T* start = hasBias ? pb : null;
            if (width == GemmTests.Width.Bits512)
                All<Vector512<T>, Register512<T>>(px, pw, start, pdy, py, pdx, pdw, pouter);
            else if (width == GemmTests.Width.Bits256)
                All<Vector256<T>, Register256<T>>(px, pw, start, pdy, py, pdx, pdw, pouter);
            else if (width == GemmTests.Width.Bits128)
                All<Vector128<T>, Register128<T>>(px, pw, start, pdy, py, pdx, pdw, pouter);
            else
                All<T, RegisterScalar<T>>(px, pw, start, pdy, py, pdx, pdw, pouter);
        }
        Assert.True(y.AsSpan().SequenceEqual(y2), $"forward of {sizes}, {width}");
        Assert.True(dx.AsSpan().SequenceEqual(dx2), $"backward of {sizes}, adds {adds}, {width}");
        // More pixels are chunks, each a chain of its own.
        if (sizes.OutputLength / sizes.Outputs >= 2048)
            return;
        Assert.True(dw.AsSpan().SequenceEqual(dw2), $"weights of {sizes}, adds {adds}, {width}");
        if (ConvolutionOuter<T, T, RegisterScalar<T>>.Suits(sizes))
            Assert.True(dw.AsSpan().SequenceEqual(dw3), $"outer products of {sizes}, adds {adds}, {width}");

        void All<V, S>(T* px, T* pw, T* pb, T* pdy, T* py, T* pdx, T* pdw, T* pouter)
            where V : struct where S : struct, IRegister<T, V>
        {
            new ConvolutionPass<T, V, S>(sizes, false, px, pw, pb, py, false).Run();
            new ConvolutionPass<T, V, S>(sizes, true, pdy, pw, null, pdx, adds).Run();
            if (sizes.IsDepthwise)
                DepthwiseWeights<T, V, S>.Run(sizes, px, pdy, pdw, adds);
            else
                new ConvolutionWeights<T, V, S>(sizes, px, pdy, pdw, adds, null, false).Run();
            if (ConvolutionOuter<T, V, S>.Suits(sizes))
                new ConvolutionOuter<T, V, S>(sizes, px, pdy, pouter, adds, null, false).Run();
        }
    }

    static T[] Numbers<T>(int count, Random random) where T : IBinaryFloatingPointIeee754<T>
    {
        var numbers = new T[count];
        for (int i = 0; i < count; i++)
            numbers[i] = T.CreateTruncating(random.NextDouble() * 2 - 1);
        return numbers;
    }
}
