using Hondo.Tensors;

namespace Hondo.Storage;

/// <summary>What a safetensors header says of one tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The file's type of its numbers, e.g. <c>F32</c>.</param>
/// <param name="Shape">Its axes.</param>
/// <param name="Begin">Where its bytes start, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
readonly record struct SafetensorsEntry(string Name, string Type, Shape Shape, long Begin, long End)
{
    public int Length => (int)(End - Begin);
}
