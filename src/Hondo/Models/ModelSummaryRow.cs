using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>A layer in a <see cref="ModelSummary"/>.</summary>
/// <param name="Path">Its path within the model; empty for the model itself.</param>
/// <param name="Text">The layer as the C# that builds it; of a layer made of others only the name.</param>
/// <param name="Output">The shape of its output for one sample, batch axis included; null when it never ran.</param>
/// <param name="Parameters">The numbers that it and all inside it learn.</param>
/// <param name="MultiplyAdds">Multiply-adds of it and all inside it for one sample.</param>
public sealed record ModelSummaryRow(string Path, string Text, Shape? Output, long Parameters, long MultiplyAdds)
{
    /// <summary>How many layers it lies in.</summary>
    public int Depth => Path.Length == 0 ? 0 : Path.Count(c => c == '.');
}
