namespace Hondo.Gradients;

/// <summary>What one layer makes of a picture.</summary>
/// <param name="Layer">The layer, as the C# that makes it.</param>
/// <param name="Values">Its output, <c>[height, width, channels]</c>.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">How many maps.</param>
public sealed record FeatureMaps(string Layer, IReadOnlyList<float> Values, int Height, int Width, int Channels);
