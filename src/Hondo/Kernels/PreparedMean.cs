namespace Hondo.Kernels;

/// <summary>The mean of each channel over all pixels.</summary>
sealed unsafe class PreparedMean(ImageBuffer x, ImageBuffer y) : PreparedStep
{
    public override void Run(int slot, int images)
    {
        BorderedImages sizes = x.Images;
        float share = 1f / (sizes.Height * sizes.Width);
        for (int image = 0; image < images; image++)
        {
            float* from = x.Slot(slot) + (nint)image * sizes.Length;
            var sums = new Span<float>(y.Slot(slot) + (nint)image * y.Images.Length, sizes.Channels);
            sums.Clear();
            for (int row = 0; row < sizes.Height; row++)
                for (int column = 0; column < sizes.Width; column++)
                    Loops.Map(default(Sum), sums, new ReadOnlySpan<float>(from + sizes.Pixel(row, column),
                        sizes.Channels), sums);
            foreach (ref float sum in sums)
                sum *= share;
        }
    }

    readonly struct Sum : IBinary
    {
        public V Apply<V>(V a, V b) where V : struct, ILanes<V> => a + b;
    }
}
