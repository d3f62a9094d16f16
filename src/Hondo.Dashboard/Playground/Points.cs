namespace Hondo.Dashboard.Playground;

/// <summary>Points of the plane.</summary>
/// <param name="Places">x and y of each, in turn.</param>
/// <param name="Classes">The class of each.</param>
/// <param name="Names">The names of the classes.</param>
sealed record Points(float[] Places, int[] Classes, IReadOnlyList<string> Names);
