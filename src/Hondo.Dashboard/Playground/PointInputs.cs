namespace Hondo.Dashboard.Playground;

/// <summary>What a network may be told of a point.</summary>
static class PointInputs
{
    public static IReadOnlyList<string> Names { get; } = ["x", "y", "x2", "y2", "xy", "sinx", "siny"];

    /// <summary>The chosen numbers of points [count, 2], row by row. Squares are scaled to the size of the rest.
    /// </summary>
    public static float[] Of(IReadOnlyList<string> names, ReadOnlySpan<float> points)
    {
        var inputs = new float[points.Length / 2 * names.Count];
        for (int i = 0, at = 0; i < points.Length; i += 2)
            for (int name = 0; name < names.Count; name++)
                inputs[at++] = Of(names[name], points[i], points[i + 1]);
        return inputs;
    }

    static float Of(string name, float x, float y) => name switch
    {
        "x" => x,
        "y" => y,
        "x2" => x * x,
        "y2" => y * y,
        "xy" => x * y,
        "sinx" => MathF.Sin(MathF.PI * x),
        _ => MathF.Sin(MathF.PI * y),
    };
}
