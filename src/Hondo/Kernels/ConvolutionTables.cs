namespace Hondo.Kernels;

/// <summary>The tables of a pair of phases: an image as a matrix of pixels and the kernel's places.</summary>
/// <typeparam name="T">float or double.</typeparam>
unsafe struct ConvolutionTables<T> where T : unmanaged
{
    /// <summary>Where each target's sources begin, and where the target lies, both from the block's first.</summary>
    public int* Rows, Into;

    /// <summary>Where a target's sources lie, from the first of them.</summary>
    public int* Steps;

    /// <summary>The weights in the order of the steps.</summary>
    public T* Weights;

    public AxisPhase Vertical, Horizontal;

    /// <summary>Rows of the weights: the phase's places, each with some channels.</summary>
    public int Length;

    /// <summary>The first target of a span within its vertical phase.</summary>
    public int From;

    /// <summary>The row of the weights that a target sees first, and from one line of the kernel to the next.</summary>
    public int First, Line;

    public readonly int Taps => Vertical.Taps * Horizontal.Taps;

    /// <summary>The targets of a span, which share the phase's weights.</summary>
    public readonly ConvolutionTables<T> Part(AxisSpan vertical, AxisSpan horizontal, int inner) => this with
    {
        Vertical = Vertical.Part(vertical),
        Horizontal = Horizontal.Part(horizontal),
        From = vertical.From,
        Line = Horizontal.Taps * inner,
        First = (vertical.Skipped * Horizontal.Taps + horizontal.Skipped) * inner,
    };

    /// <summary>How many numbers the tables take for blocks with so many images and rows.</summary>
    public static long TableLength(AxisPhase vertical, AxisPhase horizontal, int images, int rows, int inner) =>
        2L * images * rows * horizontal.Count + (long)vertical.Taps * horizontal.Taps * inner;

    /// <summary>The first of the block's lines of targets, and how many targets the block has.</summary>
    public readonly int Targets(SourceBlock block, out int line)
    {
        line = Math.Max(block.From, From);
        return Math.Max(0, Math.Min(block.To, From + Vertical.Count) - line) * Horizontal.Count * block.Images;
    }

    /// <summary>Writes the tables.</summary>
    /// <param name="sources">The sources' blocks.</param>
    /// <param name="vertical">All vertical phases.</param>
    /// <param name="horizontal">All horizontal phases.</param>
    /// <param name="sourceChannels">Channels of the sources.</param>
    /// <param name="targetChannels">Channels of the targets.</param>
    /// <param name="inner">How many channels each place has in the chain.</param>
    /// <param name="isInThrees">The order of a row's steps.</param>
    public readonly void Fill(in SourceBlocks<T> sources, AxisPhases vertical, AxisPhases horizontal,
        int sourceChannels, int targetChannels, int inner, bool isInThrees = false)
    {
        int* row = Rows, into = Into, step = Steps;
        int rowLength = horizontal.AllTargets * targetChannels, imageLength = vertical.AllTargets * rowLength;
        for (int image = 0; image < sources.Images; image++)
            for (int j = 0; j < Math.Min(sources.Rows, Vertical.Count); j++)
            {
                int from = image * sources.ImageStride
                    + (Vertical.Begin - vertical.Low + j * Vertical.Advance) * sources.RowStride
                    + (Horizontal.Begin - horizontal.Low) * sourceChannels;
                int to = image * imageLength + (Vertical.First + j * Vertical.Step) * rowLength
                    + Horizontal.First * targetChannels;
                for (int i = 0; i < Horizontal.Count; i++)
                {
                    *row++ = from + i * Horizontal.Advance * sourceChannels;
                    *into++ = to + i * Horizontal.Step * targetChannels;
                }
            }
        for (int y = 0; y < Vertical.Taps; y++)
            for (int i = 0; i < Horizontal.Taps * inner; i++)
            {
                var (x, c) = Step(i, inner, isInThrees);
                *step++ = (Vertical.Shift + y * Vertical.ShiftStep) * sources.RowStride
                    + (Horizontal.Shift + x * Horizontal.ShiftStep) * sourceChannels + c;
            }
    }

    /// <summary>
    /// Step i of a row of the kernel: place after place, or channel after channel with its places from left to right.
    /// </summary>
    public readonly (int Place, int Channel) Step(int i, int inner, bool isInThrees)
    {
        if (!isInThrees)
            return (i / inner, i % inner);
        int place = i % Horizontal.Taps;
        return (Horizontal.ShiftStep < 0 ? Horizontal.Taps - 1 - place : place, i / Horizontal.Taps);
    }
}
