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

/// <summary>A step that makes negative results 0 on the way.</summary>
abstract class RectifyingStep(Value x, Value y) : PlanStep(x, y)
{
    public bool Rectifies { get; set; }
}

/// <summary>A convolution.</summary>
sealed class ConvolutionStep(ConvolutionSizes sizes, float[] weights, float[] bias, Value x, Value y)
    : RectifyingStep(x, y)
{
    Value? _added;
    int _channel;

    public override Value? Added => _added;

    /// <summary>Adds a value to its outputs.</summary>
    public void Add(Value value) => _added = value;

    /// <summary>Writes into some channels of another value.</summary>
    public void WriteInto(Value value, int channel) => (Y, _channel) = (value, channel);

    public override PreparedStep Prepare(int threads) => new PreparedConvolution(sizes, weights, bias, X.Buffer,
        Y.Buffer, _channel, _added?.Buffer, Rectifies, threads).Prepare();
}

/// <summary>A linear layer.</summary>
sealed class LinearStep(float[] weights, float[] bias, Value x, Value y) : RectifyingStep(x, y)
{
    public override PreparedStep Prepare(int threads) =>
        new PreparedLinear(weights, bias, X.Buffer, Y.Buffer, Rectifies);
}

/// <summary>Max pooling.</summary>
sealed class MaxPoolStep(PoolAxis vertical, PoolAxis horizontal, Value x, Value y) : RectifyingStep(x, y)
{
    public override PreparedStep Prepare(int threads) =>
        new PreparedMaxPool(vertical, horizontal, X.Buffer, Y.Buffer, Rectifies);
}

/// <summary>The mean over all pixels.</summary>
sealed class MeanStep(Value x, Value y) : PlanStep(x, y)
{
    public override PreparedStep Prepare(int threads) => new PreparedMean(X.Buffer, Y.Buffer);
}
