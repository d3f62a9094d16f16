namespace Hondo.Gradients;

/// <summary>A number from 0 for each place of a picture.</summary>
/// <param name="Values">Row by row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
public sealed record HeatMap(IReadOnlyList<float> Values, int Height, int Width);
