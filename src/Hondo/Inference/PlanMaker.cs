using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using Dropout = Hondo.Layers.Dropout;
using Linear = Hondo.Layers.Linear;
using Relu = Hondo.Layers.Relu;
using Relu6 = Hondo.Layers.Relu6;

namespace Hondo.Inference;

/// <summary>
/// Reads a network of convolutions as steps. Batch norms are folded already; ReLU, ReLU6 and what a residual block adds
/// become a part of the step before them.
/// </summary>
sealed class PlanMaker
{
    readonly List<PlanStep> _steps = [];

    PlanMaker(Shape sample) => Input = sample is [var height, var width, var channels]
        ? new(height, width, channels)
        : new(1, 1, sample.Size);

    /// <summary>What the first step reads.</summary>
    public Value Input { get; }

    /// <summary>What the last step writes.</summary>
    public Value Output { get; private set; } = new(0, 0, 0);

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<PlanStep> Steps => _steps;

    /// <summary>The steps of a model for samples of a shape, or null when it has a layer that has none.</summary>
    public static PlanMaker? Read(Layer model, Shape sample)
    {
        if (sample.Rank is not (1 or 3) || sample.Size == 0 || model.Parameters.Any(p => p.DType != DType.Float32))
            return null;
        var maker = new PlanMaker(sample);
        if (maker.Add(model, maker.Input) is not { Maker: not null } output)
            return null;
        maker.Output = output;
        return output.Border == 0 ? maker : null;
    }

    /// <summary>Joins steps, and says of each value which one reads it last.</summary>
    /// <param name="threads">How many threads may share an image.</param>
    public void Settle(int threads)
    {
        ChainStep.Join(_steps, threads);
        for (int i = 0; i < _steps.Count; i++)
        {
            _steps[i].X.LastUse = i;
            if (_steps[i].Added is { } added)
                added.LastUse = i;
        }
        // The output is copied out after the last step; the input may be the caller's own memory.
        Output.LastUse = Input.LastUse = _steps.Count;
    }

    Value? Add(Layer layer, Value x) => layer switch
    {
        Sequential layers => Add(layers, x),
        Conv2d convolution => Add(convolution, x),
        Linear linear => Add(linear, x),
        MaxPool2d pool => Add(pool, x),
        GlobalAveragePool2d => Mean(PoolAxis.Adaptive(x.Height, 1), PoolAxis.Adaptive(x.Width, 1), false, x),
        AveragePool2d pool => Mean(pool.Windows.Vertical.On(x.Height), pool.Windows.Horizontal.On(x.Width),
            pool.CountsPadding, x),
        Residual residual => Add(residual, x),
        Concat branches => Add(branches, x),
        Dropout or SpatialDropout or Layers.Identity => x,
        // Images without a border lie as their features do.
        Flatten => x.Border == 0 ? x : null,
        _ => null,
    };

    Value? Add(Sequential layers, Value x)
    {
        Value? y = x;
        for (int i = 0; i < layers.Count && y is not null; i++)
        {
            Limits? limits = i + 1 < layers.Count ? LimitsOf(layers[i + 1]) : null;
            if (limits is not null && i + 2 < layers.Count && layers[i + 2] is MaxPool2d pool)
            {
                // The largest of ReLUs is the ReLU of the largest, on fewer numbers.
                y = Limited(Add(layers[i], y) is { } before ? Add(pool, before) : null, y, limits.Value);
                i += 2;
            }
            else
            {
                y = limits is { } range ? Limited(Add(layers[i], y), y, range) : Add(layers[i], y);
                i += limits is null ? 0 : 1;
            }
        }
        return y;
    }

    static Limits? LimitsOf(Layer layer) => layer switch
    {
        Relu => new(0, float.PositiveInfinity),
        Relu6 => new(0, 6),
        _ => null,
    };

    static Value? Limited(Value? y, Value x, Limits limits)
    {
        if (y is null || ReferenceEquals(x, y) || y.Maker is not LimitedStep { Limits.Matter: false } maker)
            return null;
        maker.Limits = limits;
        return y;
    }

    Value? Add(Conv2d layer, Value x)
    {
        if (layer.Weight.Shape[2] * layer.Op.Groups != x.Channels)
            return null;
        ConvolutionSizes sizes = ConvolutionShapes.Forward(layer.Op, [1, x.Height, x.Width, x.Channels],
            layer.Weight.Shape);
        if (sizes.OutputLength == 0)
            return null;
        x.Border = Math.Max(x.Border, Math.Max(Border(sizes.Vertical), Border(sizes.Horizontal)));
        Extent border = 2 * (Extent)x.Border;
        if ((x.Height + border) * (x.Width + border) * x.Channels > Extent.Most / 4)
            return null;
        return Append(new ConvolutionStep(sizes, layer.Weight.Value.ToArray<float>(),
            BiasOf(layer.Bias, sizes.Outputs), x, new(sizes.Vertical.Output, sizes.Horizontal.Output, sizes.Outputs)));
    }

    // What the windows see before the image, and behind it.
    static int Border(ConvolutionAxis axis) => Math.Max(axis.Before,
        (axis.Output - 1) * axis.Stride + (axis.Kernel - 1) * axis.Dilation + 1 - axis.Before - axis.Input);

    Value? Add(Linear layer, Value x)
    {
        (int outputs, int inputs) = (layer.Weight.Shape[0], layer.Weight.Shape[1]);
        return x.Border == 0 && inputs == x.Height * x.Width * x.Channels
            ? Append(new LinearStep(layer.Weight.Value.ToArray<float>(), BiasOf(layer.Bias, outputs), x,
                new(1, 1, outputs)))
            : null;
    }

    static float[] BiasOf(Parameter? bias, int outputs) => bias?.Value.ToArray<float>() ?? new float[outputs];

    Value? Add(MaxPool2d layer, Value x)
    {
        PoolAxis vertical = layer.Windows.Vertical.On(x.Height), horizontal = layer.Windows.Horizontal.On(x.Width);
        return vertical.Dilation == 1 && horizontal.Dilation == 1 && vertical.Output > 0 && horizontal.Output > 0
            ? Append(new MaxPoolStep(vertical, horizontal, x, new(vertical.Output, horizontal.Output, x.Channels)))
            : null;
    }

    Value? Mean(PoolAxis vertical, PoolAxis horizontal, bool countsPadding, Value x) =>
        vertical.Output > 0 && horizontal.Output > 0 ? Append(new MeanStep(vertical, horizontal, countsPadding, x,
            new(vertical.Output, horizontal.Output, x.Channels))) : null;

    Value? Add(Residual layer, Value x)
    {
        Value? around = layer.Shortcut is null ? x : Add(layer.Shortcut, x);
        if (around is null || Add(layer.Body, x) is not { } y || ReferenceEquals(x, y)
            || y.Maker is not ConvolutionStep { Limits.Matter: false } last
            || (y.Height, y.Width, y.Channels) != (around.Height, around.Width, around.Channels))
            return null;
        last.Add(around);
        return y;
    }

    Value? Add(Concat layer, Value x)
    {
        List<ConvolutionStep> ends = [];
        foreach (Layer branch in layer.All)
        {
            if (Add(branch, x) is not { } y || ReferenceEquals(x, y) || y.Maker is not ConvolutionStep end)
                return null;
            ends.Add(end);
        }
        Value first = ends[0].Y, all = new(first.Height, first.Width, ends.Sum(end => end.Y.Channels));
        int channel = 0;
        foreach (ConvolutionStep end in ends)
        {
            if ((end.Y.Height, end.Y.Width) != (all.Height, all.Width) || end.Y.Border > 0)
                return null;
            int channels = end.Y.Channels;
            end.WriteInto(all, channel);
            channel += channels;
        }
        return all;
    }

    Value Append(PlanStep step)
    {
        step.Y.Maker = step;
        _steps.Add(step);
        return step.Y;
    }
}
