using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = γ·x̂ + β,   x̂ = (x − μ) / √(σ² + ε), μ and σ² of each sample over all places and the channels of a group
/// [batch, .., channels] , [channels] , [channels] → the same; as many groups as channels: instance norm
/// dx = (g − mean(g) − x̂·mean(g·x̂)) / √(σ² + ε) with g = γ·dy,   dγ = Σ dy·x̂,   dβ = Σ dy
/// (Wu and He 2018, arXiv:1803.08494; Ulyanov et al. 2016, arXiv:1607.08022)
/// </summary>
/// <param name="Groups">How many groups, a divisor of the channels.</param>
/// <param name="Epsilon">ε, which keeps a group that never changes from being divided by 0.</param>
readonly record struct GroupNormOp(int Groups, double Epsilon) : IOp
{
    // Of each sample and channel: the group's mean, its 1/√(σ² + ε), and the scale γ times that; two more for Backward.
    const int Kept = 5;

    static string IOp.Name => "GroupNorm";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x)
    {
        Shape shape = x[0].Shape;
        int channels = shape[^1], places = shape.Size / shape[0] / channels;
        Tensor groups = x[0].Reshape([shape[0], places, Groups, channels / Groups]);
        return Compositions.Scaled(Compositions.Standardize(groups, [1, 3], Epsilon).Reshape(shape), x[1..]);
    }

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) =>
        x is [[_, .., var channels], [var scales], [var shifts]] && x[0].Size > 0 && scales == channels
        && shifts == channels && Groups > 0 && channels % Groups == 0
            ? x[0]
            : throw ShapeException.For<GroupNormOp>(x,
                $"x must be [batch, .., channels] with channels that {Groups} groups divide, γ and β [channels]");

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => (Extent)Kept * x[0][0] * x[0][^1] * type.Size;

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        int channels = y.Shape[^1], size = y.Length / y.Shape[0];
        var kernel = new BatchNormalization<T>(size / channels, channels);
        for (int sample = 0; sample < y.Shape[0]; sample++)
        {
            Span<T> memo = x.Memo<T>().Slice(sample * Kept * channels, Kept * channels);
            ReadOnlySpan<T> from = x[0].Data.Slice(sample * size, size);
            kernel.Statistics(from, memo[..channels], memo.Slice(channels, channels));
            Join(memo, x[1].Data);
            kernel.Forward(from, Numbers<T>(memo, x[2].Data), y.Data.Slice(sample * size, size));
        }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        int channels = y.Shape[^1], size = y.Length / y.Shape[0];
        var kernel = new BatchNormalization<T>(size / channels, channels);
        for (int i = 1; i <= 2; i++)
            if (dx[i].IsNeeded && !dx[i].Accumulates)
                dx[i].Data.Clear();
        for (int sample = 0; sample < y.Shape[0]; sample++)
        {
            Span<T> memo = x.Memo<T>().Slice(sample * Kept * channels, Kept * channels);
            ReadOnlySpan<T> from = x[0].Data.Slice(sample * size, size), above = dy.Data.Slice(sample * size, size);
            Span<T> sum = memo.Slice(3 * channels, channels), product = memo.Slice(4 * channels, channels);
            kernel.Sums(from, above, Numbers<T>(memo, x[2].Data), sum, product);
            for (int c = 0; c < channels; c++)
            {
                if (dx[1].IsNeeded)
                    dx[1].Data[c] += product[c] * memo[channels + c];
                if (dx[2].IsNeeded)
                    dx[2].Data[c] += sum[c];
            }
            if (!dx[0].IsNeeded)
                continue;
            Bend(memo, size / Groups);
            kernel.Backward(from, above, Numbers<T>(memo, x[2].Data), sum, product,
                dx[0].Data.Slice(sample * size, size), dx[0].Accumulates);
        }
    }

    static ChannelNumbers<T> Numbers<T>(Span<T> memo, ReadOnlySpan<T> shift)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(memo[..shift.Length], memo.Slice(2 * shift.Length, shift.Length), shift, false);

    // From the channels' means and variances those of their group: σ² = mean(σ²) + variance of the means.
    void Join<T>(Span<T> memo, ReadOnlySpan<T> gamma) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = gamma.Length, length = channels / Groups;
        for (int first = 0; first < channels; first += length)
        {
            double mean = 0, variance = 0;
            for (int c = first; c < first + length; c++)
                mean += double.CreateTruncating(memo[c]) / length;
            for (int c = first; c < first + length; c++)
            {
                double apart = double.CreateTruncating(memo[c]) - mean;
                variance += (double.CreateTruncating(memo[channels + c]) + apart * apart) / length;
            }
            T inverse = T.CreateTruncating(1 / Math.Sqrt(variance + Epsilon));
            for (int c = first; c < first + length; c++)
                (memo[c], memo[channels + c], memo[2 * channels + c]) =
                    (T.CreateTruncating(mean), inverse, gamma[c] * inverse);
        }
    }

    // The sums of dy and dy·(x − μ) become what is taken off in each channel of the group.
    void Bend<T>(Span<T> memo, int count) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = memo.Length / Kept, length = channels / Groups;
        for (int first = 0; first < channels; first += length)
        {
            (T center, T slope, T inverse) = (T.Zero, T.Zero, memo[channels + first]);
            for (int c = first; c < first + length; c++)
            {
                center += memo[2 * channels + c] * memo[3 * channels + c];
                slope += memo[2 * channels + c] * memo[4 * channels + c];
            }
            center /= T.CreateTruncating(count);
            slope = slope * inverse * inverse / T.CreateTruncating(count);
            memo.Slice(3 * channels + first, length).Fill(center);
            memo.Slice(4 * channels + first, length).Fill(slope);
        }
    }
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Group norm of [batch, .., channels].</summary>
        /// <param name="groups">How many groups, a divisor of the channels.</param>
        /// <param name="scale">γ, [channels].</param>
        /// <param name="shift">β, [channels].</param>
        /// <param name="epsilon">ε.</param>
        public Tensor GroupNorm(int groups, Tensor scale, Tensor shift, double epsilon = 1e-5) =>
            Tape.Apply(new GroupNormOp(groups, epsilon), x, scale, shift);
    }
}
