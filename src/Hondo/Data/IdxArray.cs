using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>An array of bytes with a shape, as an IDX file holds it.</summary>
/// <param name="Shape">The lengths of the axes: <c>[count, height, width]</c> for images, <c>[count]</c> for labels.
/// </param>
/// <param name="Values">The bytes, row-major.</param>
public sealed record IdxArray(Shape Shape, byte[] Values);
