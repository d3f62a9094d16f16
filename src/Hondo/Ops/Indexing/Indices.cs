using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>What ops with Int32 indices share.</summary>
static class Indices
{
    /// <summary>The result's type: that of the numbers, with Int32 indices as the second operand.</summary>
    public static DType ResultType(string op, ReadOnlySpan<DType> x) => x[1] == DType.Int32
        ? x[0]
        : throw new ArgumentException($"{op} takes Int32 indices, but got {x[1]}: convert them with To(DType.Int32).");

    /// <summary>The index, checked.</summary>
    public static int Check(string op, int index, int position, int length) => (uint)index < (uint)length
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), $"{op}: index {index} at place {position} is "
            + $"outside 0 to "
            + $"{length - 1}, the axis's {length} numbers.");
}
