namespace Hondo.Tensors;

/// <summary>A layer in a <see cref="ShapeTrace"/>.</summary>
/// <param name="Path">Its path within the model; empty for the model itself.</param>
/// <param name="Text">The layer as the C# that builds it.</param>
/// <param name="Input">The shape that it was given.</param>
/// <param name="Output">The shape that it gave.</param>
/// <param name="MultiplyAdds">Multiply-adds of the layer and all inside it.</param>
public readonly record struct ShapeTraceRow(string Path, string Text, Shape Input, Shape Output, long MultiplyAdds);
