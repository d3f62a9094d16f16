using Hondo.Kernels;

namespace Hondo.Inference;

/// <summary>A step of a plan before its memory is known.</summary>
abstract class PlanStep(Value x, Value y)
{
    /// <summary>What it reads.</summary>
    public Value X => x;

    /// <summary>What it writes.</summary>
    public Value Y { get; protected set; } = y;

    /// <summary>What else it reads, or null.</summary>
    public virtual Value? Added => null;

    /// <summary>The step with its memory.</summary>
    /// <param name="threads">How many threads may share an image.</param>
    public abstract PreparedStep Prepare(int threads);
}

/// <summary>A step that keeps its results within limits on the way: a ReLU costs nothing then.</summary>
abstract class LimitedStep(Value x, Value y) : PlanStep(x, y)
{
    public Limits Limits { get; set; } = Limits.None;
}

/// <summary>A convolution.</summary>
sealed class ConvolutionStep(ConvolutionSizes sizes, float[] weights, float[] bias, Value x, Value y)
    : LimitedStep(x, y)
{
    Value? _added;
    int _channel;

    public ConvolutionSizes Sizes => sizes;

    public override Value? Added => _added;

    /// <summary>Adds a value to its outputs.</summary>
    public void Add(Value value) => _added = value;

    /// <summary>Writes into some channels of another value.</summary>
    public void WriteInto(Value value, int channel) => (Y, _channel) = (value, channel);

    public override PreparedStep Prepare(int threads) =>
        Describe(X.Buffer, Y.Buffer, _added?.Buffer, threads).Prepare();

    /// <summary>What it does, with some memory.</summary>
    public PreparedConvolution Describe(ImageBuffer x, ImageBuffer y, ImageBuffer? added, int threads) =>
        new(sizes, weights, bias, x, y, _channel, added, Limits, threads);
}

/// <summary>A linear layer.</summary>
sealed class LinearStep(float[] weights, float[] bias, Value x, Value y) : LimitedStep(x, y)
{
    public override PreparedStep Prepare(int threads) =>
        new PreparedLinear(weights, bias, X.Buffer, Y.Buffer, Limits);
}

/// <summary>Max pooling.</summary>
sealed class MaxPoolStep(PoolAxis vertical, PoolAxis horizontal, Value x, Value y) : LimitedStep(x, y)
{
    public override PreparedStep Prepare(int threads) =>
        new PreparedMaxPool(vertical, horizontal, X.Buffer, Y.Buffer, Limits, threads);
}

/// <summary>The mean of windows, or over all pixels.</summary>
sealed class MeanStep(PoolAxis vertical, PoolAxis horizontal, bool countsPadding, Value x, Value y) : PlanStep(x, y)
{
    public override PreparedStep Prepare(int threads) =>
        new PreparedAveragePool(vertical, horizontal, countsPadding, X.Buffer, Y.Buffer);
}

/// <summary>What a step of a plan leaves for later ones: images, or features as an image of one pixel.</summary>
sealed class Value(int height, int width, int channels)
{
    ImageBuffer? _buffer;

    public int Height => height;

    public int Width => width;

    public int Channels => channels;

    /// <summary>The widest border of zeros that a step wants to read.</summary>
    public int Border { get; set; }

    /// <summary>The last step that reads it.</summary>
    public int LastUse { get; set; }

    /// <summary>The step that makes it, or null for the input.</summary>
    public PlanStep? Maker { get; set; }

    public BorderedImages Images => new(height, width, channels, Border);

    /// <summary>Its memory.</summary>
    public ImageBuffer Buffer
    {
        get => _buffer ?? throw new InvalidOperationException("A plan reads a value that no step has made.");
        set => _buffer = value;
    }
}
