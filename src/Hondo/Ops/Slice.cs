using Hondo.Tensors;

namespace Hondo.Ops;

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// A part of each axis, by C#'s ranges: <c>x.Slice(1..3, .., ^2..)</c>; an index instead of a range picks one
        /// and drops the axis: <c>x.Slice(^1)</c>; <c>(1..9).By(2)</c> takes every second. Axes not named stay whole.
        /// </summary>
        public Tensor Slice(params ReadOnlySpan<AxisSlice> parts) => x[parts];

        /// <summary>A part of one axis.</summary>
        /// <param name="axis">The axis; −1 is the last.</param>
        /// <param name="part">The part, e.g. <c>2..5</c> or <c>^1</c>.</param>
        public Tensor SliceAxis(int axis, AxisSlice part)
        {
            axis = x.Shape.Axis(axis);
            Span<AxisSlice> parts = [Range.All, Range.All, Range.All, Range.All, Range.All, Range.All];
            parts[axis] = part;
            return x.Slice(parts[..(axis + 1)]);
        }
    }

    extension(Range range)
    {
        /// <summary>Every n-th index of this range.</summary>
        public AxisSlice By(int step) => AxisSlice.Of(range, step);
    }
}
