namespace Hondo.Ops;

/// <summary>Steps of ranges: <c>x.Slice((1..9).By(2))</c>.</summary>
public static class RangeSyntax
{
    extension(Range range)
    {
        /// <summary>Every n-th index of this range.</summary>
        public AxisSlice By(int step) => AxisSlice.Of(range, step);
    }
}
