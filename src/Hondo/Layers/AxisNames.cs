using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>Shapes with their axes named, for errors.</summary>
static class AxisNames
{
    /// <summary>The shape of a layer's input: <c>[batch 32, height 28, width 28, channels 3]</c>.</summary>
    public static string Describe(Shape shape) => shape switch
    {
        [var features] => $"[features {features}]",
        [var batch, var features] => $"[batch {batch}, features {features}]",
        [var batch, var time, var features] => $"[batch {batch}, time {time}, features {features}]",
        [var batch, var height, var width, var channels] =>
            $"[batch {batch}, height {height}, width {width}, channels {channels}]",
        _ => shape.ToString(),
    };
}
