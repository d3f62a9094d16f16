using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>What all convolution layers refuse.</summary>
static class ConvolutionArguments
{
    /// <summary>Channels from 1, divided by the groups.</summary>
    public static void RequireChannels(int inputs, int outputs, int groups)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException(
                $"{groups} groups must divide the {inputs} inputs and the {outputs} outputs.", nameof(groups));
    }

    /// <summary>[batch, height, width, inputs].</summary>
    /// <param name="layer">The layer, for the error.</param>
    /// <param name="shape">What it got.</param>
    /// <param name="inputs">The channels that it takes.</param>
    /// <param name="other">The layer's text with other inputs: a function that captures nothing, for every step asks.
    /// </param>
    public static void RequireImages<TLayer>(TLayer layer, Shape shape, int inputs, Func<TLayer, int, string> other)
        where TLayer : Layer
    {
        if (shape is not [_, _, _, var channels])
            throw new ShapeException($"{layer} needs images [batch, height, width, channels], but got "
                + $"{AxisNames.Describe(shape)}. {FromFlat(shape, inputs)}");
        if (channels != inputs)
            throw Misfit(layer, shape, inputs, other);
    }

    /// <summary>[batch, time, inputs].</summary>
    public static void RequireSequences<TLayer>(TLayer layer, Shape shape, int inputs,
        Func<TLayer, int, string> other) where TLayer : Layer
    {
        if (shape is not [_, _, var channels])
            throw new ShapeException($"{layer} needs sequences [batch, time, channels], but got "
                + $"{AxisNames.Describe(shape)}. Put Reshape(-1, {inputs}) before it, or another layer here.");
        if (channels != inputs)
            throw Misfit(layer, shape, inputs, other);
    }

    static ShapeException Misfit<TLayer>(TLayer layer, Shape shape, int inputs, Func<TLayer, int, string> other)
        where TLayer : Layer
    {
        string mend = shape.Rank == 4 && shape[1] == inputs
            ? "Channels are the last axis: Permute(0, 2, 3, 1)."
            : $"Make it {other(layer, shape[^1])}, or change the layer before it.";
        return new($"{layer} needs {inputs} input channels, but got {AxisNames.Describe(shape)}. {mend}");
    }

    static string FromFlat(Shape shape, int inputs)
    {
        int side = shape is [_, var features] ? (int)Math.Sqrt(features / inputs) : 0;
        return side > 0 && side * side * inputs == shape[1]
            ? $"Put Reshape({side}, {side}, {inputs}) before it."
            : shape.Rank == 3 ? "Is the batch missing, or the channels?" : "Give it images.";
    }
}
