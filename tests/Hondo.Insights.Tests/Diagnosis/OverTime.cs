using Hondo.Ops;
using Function = Hondo.Layers.Function;
using Layer = Hondo.Layers.Layer;

namespace Hondo.Insights.Tests;

/// <summary>What is taken of a sequence [batch, time, features].</summary>
static class OverTime
{
    public static Layer Last() => new Function(y => y.SliceAxis(1, ^1..).Reshape([y.Shape[0], y.Shape[2]]));

    public static Layer Largest() => new Function(y => y.Max(1));
}
