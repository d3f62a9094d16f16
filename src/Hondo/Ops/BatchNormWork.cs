using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// What batch norm computes, with a ReLU behind it or without, or with a sum and a ReLU. Operands are x, the running
/// mean and variance, when learned γ and β, and last, if there is one, what is added. The memo keeps what backward
/// needs, channel by channel: mean, 1/√(variance + ε), scale, shift, and room for two more.
/// </summary>
readonly ref struct BatchNormWork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Kept = 6;

    readonly Operands<T> _x;
    readonly int _rows, _channels;
    readonly bool _rectifies, _isFrozen;

    public BatchNormWork(Operands<T> x, bool rectifies, bool isFrozen)
    {
        _x = x;
        (_rectifies, _isFrozen) = (rectifies, isFrozen);
        _channels = x[0].Shape[^1];
        _rows = x[0].Length / _channels;
    }

    public static Extent MemoBytes(Shape x, DType type) => (Extent)Kept * x[^1] * type.Size;

    public static Shape Infer<TOp>(ReadOnlySpan<Shape> x) where TOp : IOp
    {
        if (x[0].Rank < 2 || x[0].Size == 0)
            throw ShapeException.For<TOp>(x, "x must be [batch, .., channels] with at least one number");
        foreach (Shape other in x[1..])
            if (other != [x[0][^1]])
                throw ShapeException.For<TOp>(x, "statistics, scale and shift need one number for each channel of x");
        return x[0];
    }

    BatchNormalization<T> Kernel => new(_rows, _channels);

    Span<T> Memo(int which) => _x.Memo<T>().Slice(which * _channels, _channels);

    // γ and β come in pairs.
    bool Adds => _x.Count % 2 == 0;

    /// <summary>The normalization as other ops.</summary>
    public static Tensor Compose(ReadOnlySpan<Tensor> x, double epsilon, bool isFrozen)
    {
        Tensor rows = x[0].Reshape([x[0].Size / x[0].Shape[^1], x[0].Shape[^1]]);
        Tensor even = Tape.Active!.Info.Mode == Mode.Training && !isFrozen
            ? Compositions.Standardize(rows, [0], epsilon)
            : (rows - x[1]) * (x[2] + epsilon).Rsqrt();
        return Compositions.Scaled(even, x[3..]).Reshape(x[0].Shape);
    }

    bool IsTraining => _x.Step.Mode == Mode.Training && !_isFrozen;

    ChannelNumbers<T> Channel => new(Memo(0), Memo(2), Memo(3), _rectifies);

    public void Forward(double momentum, double epsilon, View<T> y)
    {
        Span<T> mean = Memo(0), variance = Memo(1);
        if (IsTraining)
        {
            Kernel.Statistics(_x[0].Data, mean, variance);
            Follow(mean, variance, momentum);
        }
        else
        {
            _x[1].Data.CopyTo(mean);
            _x[2].Data.CopyTo(variance);
        }
        Prepare(variance, epsilon);
        if (Adds)
            Kernel.Forward(_x[0].Data, _x[_x.Count - 1].Data, Channel, y.Data);
        else
            Kernel.Forward(_x[0].Data, Channel, y.Data);
    }

    // PyTorch's rule: the running variance is that of the population (divided by rows − 1), which one row has not.
    void Follow(Span<T> mean, Span<T> variance, double momentum)
    {
        T share = T.CreateTruncating(momentum), rest = T.CreateTruncating(1 - momentum);
        T unbiased = T.CreateTruncating(_rows > 1 ? _rows / (_rows - 1.0) : 1);
        Span<T> runningMean = _x[1].Data, runningVariance = _x[2].Data;
        for (int c = 0; c < mean.Length; c++)
        {
            runningMean[c] = rest * runningMean[c] + share * mean[c];
            if (_rows > 1)
                runningVariance[c] = rest * runningVariance[c] + share * (unbiased * variance[c]);
        }
    }

    void Prepare(Span<T> variance, double epsilon)
    {
        Span<T> scale = Memo(2), shift = Memo(3);
        bool isLearned = _x.Count > 4;
        ReadOnlySpan<T> gamma = isLearned ? _x[3].Data : default, beta = isLearned ? _x[4].Data : default;
        for (int c = 0; c < variance.Length; c++)
        {
            T inverse = T.CreateTruncating(1 / Math.Sqrt(double.CreateTruncating(variance[c]) + epsilon));
            (variance[c], scale[c], shift[c]) =
                (inverse, isLearned ? gamma[c] * inverse : inverse, isLearned ? beta[c] : T.Zero);
        }
    }

    public void Backward(View<T> dy, Operands<T> dx)
    {
        Kernel.Sums(_x[0].Data, dy.Data, Channel, Memo(4), Memo(5));
        Send(dy.Data, dx, dx.Count);
    }

    /// <summary>Backward through ReLU and sum: the gradient of what was added is what batch norm gets.</summary>
    public void Backward(View<T> y, View<T> dy, Operands<T> dx)
    {
        View<T> added = dx[dx.Count - 1];
        bool isNew = added.IsNeeded && !added.Accumulates;
        Span<T> dz = isNew ? added.Data : Scratch.Sequence<T>(dy.Length);
        Kernel.Sums(_x[0].Data, y.Data, dy.Data, dz, Channel, Memo(4), Memo(5));
        Send(dz, dx, dx.Count - 1);
        // Last: where x itself is added, its gradient must be there before.
        if (added.IsNeeded && !isNew)
            Elementwise.Copy(dz, added);
    }

    void Send(ReadOnlySpan<T> dy, Operands<T> dx, int count)
    {
        Span<T> sum = Memo(4), product = Memo(5);
        for (int i = 1; i < count; i++)
            if (dx[i].IsNeeded)
                Send(i, sum, product, dx[i]);
        if (!dx[0].IsNeeded)
            return;
        // Statistics that come from x bend its gradient; those that were kept do not.
        T share = IsTraining ? T.One / T.CreateTruncating(_rows) : T.Zero;
        ReadOnlySpan<T> inverse = Memo(1), scale = Memo(2);
        for (int c = 0; c < sum.Length; c++)
            (sum[c], product[c]) = (scale[c] * (sum[c] * share),
                scale[c] * (product[c] * share * inverse[c] * inverse[c]));
        Kernel.Backward(_x[0].Data, dy, Channel, sum, product, dx[0].Data, dx[0].Accumulates);
    }

    // dγ = Σ dy·x̂, dβ = Σ dy; the running statistics are constants.
    void Send(int operand, ReadOnlySpan<T> sum, ReadOnlySpan<T> product, View<T> into)
    {
        ReadOnlySpan<T> inverse = Memo(1);
        Span<T> data = into.Data;
        for (int c = 0; c < data.Length; c++)
        {
            T part = operand switch { 3 => product[c] * inverse[c], 4 => sum[c], _ => T.Zero };
            data[c] = into.Accumulates ? data[c] + part : part;
        }
    }
}
