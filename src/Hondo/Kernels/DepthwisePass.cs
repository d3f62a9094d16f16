namespace Hondo.Kernels;

/// <summary>
/// Convolutions of each channel by itself, forward and back to the inputs, row of targets after row. Channels run
/// innermost, as they lie. No border is copied: rows that lie outside are left out, and only tiles at the left and
/// right edge ask which pixels exist.
/// </summary>
readonly unsafe struct DepthwisePass<T, V, S> : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    const int FewestParts = 8;

    const long WorthSharing = 1 << 15;

    readonly ConvolutionSizes _sizes;
    readonly AxisPhases _vertical, _horizontal;
    readonly T* _source, _weights, _start, _target;
    readonly bool _accumulates;
    readonly int _rows, _rowParts;

    DepthwisePass(in ConvolutionSizes sizes, bool isBackward, T* source, T* weights, T* start, T* target,
        bool accumulates)
    {
        (_sizes, _accumulates) = (sizes, accumulates);
        _source = source;
        _weights = weights;
        _start = start;
        _target = target;
        _vertical = isBackward ? AxisPhases.Backward(sizes.Vertical) : AxisPhases.Forward(sizes.Vertical);
        _horizontal = isBackward ? AxisPhases.Backward(sizes.Horizontal) : AxisPhases.Forward(sizes.Horizontal);
        int rows = Math.Max(1, _vertical.Targets), parts = (FewestParts + sizes.Batch - 1) / Math.Max(1, sizes.Batch);
        _rows = Math.Max(1, rows / parts);
        _rowParts = (rows + _rows - 1) / _rows;
    }

    /// <summary>Runs on as many threads as are worth it.</summary>
    /// <param name="sizes">The convolution.</param>
    /// <param name="isBackward">True from y to x.</param>
    /// <param name="source">x, or the gradient of y.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="start">A number for each channel, or null for 0.</param>
    /// <param name="target">y, or the gradient of x.</param>
    /// <param name="accumulates">True adds to the target, which then is what the chains start from.</param>
    public static void Run(in ConvolutionSizes sizes, bool isBackward, T* source, T* weights, T* start, T* target,
        bool accumulates)
    {
        var job = new DepthwisePass<T, V, S>(sizes, isBackward, source, weights, start, target, accumulates);
        int parts = sizes.Batch * job._rowParts;
        if (sizes.MultiplyAdds >= WorthSharing)
            Workers.Run(parts, job);
        else
            for (int part = 0; part < parts; part++)
                job.Run(part);
    }

    /// <summary>Does some rows of an image.</summary>
    public void Run(int part)
    {
        int image = part / _rowParts, first = part % _rowParts * _rows;
        for (int row = first; row < Math.Min(first + _rows, _vertical.Targets); row++)
            for (int i = 0; i < _vertical.Count * _horizontal.Count; i++)
            {
                AxisPhase vertical = _vertical[i / _horizontal.Count], horizontal = _horizontal[i % _horizontal.Count];
                // From right to left the windows of the way back overlap as those of the way there do.
                if (row < vertical.Count)
                    RunRow(image, row, vertical, horizontal.ShiftStep < 0 ? horizontal.Mirrored : horizontal, i == 0);
            }
    }

    void RunRow(int image, int row, AxisPhase vertical, AxisPhase horizontal, bool isFirst)
    {
        nint channels = _sizes.Channels, line = _horizontal.Sources * channels;
        int at = vertical.Begin + row * vertical.Advance + vertical.Shift;
        (int from, int to) = Inside(at, vertical.ShiftStep, vertical.Taps);
        at += from * vertical.ShiftStep;
        DepthwiseTile<T> tile = Steps(vertical, horizontal);
        tile.Rows = to - from;
        tile.W = _weights + (vertical.Tap + from * vertical.TapStep) * _sizes.Horizontal.Kernel * channels
            + horizontal.Tap * channels;
        tile.Ahead = (vertical.High + (row + 1) * vertical.Advance - at) * line;
        tile.AheadRows = isFirst ? vertical.Advance : 0;
        T* source = _source + ((nint)image * _vertical.Sources + at) * line;
        T* target = _target + (((nint)image * _vertical.AllTargets + vertical.First + row * vertical.Step)
            * _horizontal.AllTargets + horizontal.First) * channels;
        switch (horizontal.Taps)
        {
            case 1: RunTiles<OnePlace>(ref tile, horizontal, source, target); break;
            case 2: RunTiles<TwoPlaces>(ref tile, horizontal, source, target); break;
            case 3: RunTiles<ThreePlaces>(ref tile, horizontal, source, target); break;
            case 4: RunTiles<FourPlaces>(ref tile, horizontal, source, target); break;
            case 5: RunTiles<FivePlaces>(ref tile, horizontal, source, target); break;
            default: RunTiles<AnyPlaces>(ref tile, horizontal, source, target); break;
        }
    }

    DepthwiseTile<T> Steps(AxisPhase vertical, AxisPhase horizontal)
    {
        nint channels = _sizes.Channels, line = _horizontal.Sources * channels;
        DepthwiseTile<T> tile = default;
        tile.Taps = horizontal.Taps;
        tile.RowStep = vertical.ShiftStep * line;
        tile.TapStep = horizontal.ShiftStep * channels;
        tile.Next = horizontal.Advance * channels;
        tile.Into = horizontal.Step * channels;
        tile.StartStep = _accumulates ? tile.Into : 0;
        tile.WeightTap = horizontal.TapStep * channels;
        tile.WeightRow = vertical.TapStep * _sizes.Horizontal.Kernel * channels;
        tile.AheadRow = -line;
        tile.AheadStep = Math.Sign(horizontal.Advance) * channels;
        tile.AheadInto = vertical.Step * _horizontal.AllTargets * channels;
        (tile.ColumnStep, tile.TapColumns, tile.Columns) =
            (horizontal.Advance, horizontal.ShiftStep, _horizontal.Sources);
        return tile;
    }

    void RunTiles<P>(ref DepthwiseTile<T> tile, AxisPhase horizontal, T* source, T* target) where P : struct, IPlaces
    {
        nint whole = _sizes.Channels / S.Width * S.Width;
        for (int x = 0; x < horizontal.Count;)
        {
            tile.Column = horizontal.Begin + horizontal.Shift + x * horizontal.Advance;
            tile.A = source + (nint)tile.Column * _sizes.Channels;
            tile.C = target + x * tile.Into;
            tile.Start = _accumulates ? tile.C : _start;
            tile.Count = Math.Min(DepthwiseTile<T>.Targets, horizontal.Count - x);
            tile.Repeats = InnerTiles(horizontal, x);
            bool isInside = tile.Repeats > 0;
            if (!isInside && P.Count > 0)
                tile.Exists = tile.Existing();
            tile.Repeats = Math.Max(1, tile.Repeats);
            Run<WholeColumns<T, V, S>, P>(tile, isInside, 0, whole);
            if (whole < _sizes.Channels)
                Run<FirstColumns<T, V, S>, P>(tile, isInside, whole, _sizes.Channels);
            x += tile.Repeats * DepthwiseTile<T>.Targets;
        }
    }

    // How many tiles from a target on lack neither targets nor sources.
    int InnerTiles(in AxisPhase phase, int target)
    {
        int tiles = 0, last = target + DepthwiseTile<T>.Targets - 1;
        for (; last < phase.Count; target += DepthwiseTile<T>.Targets, last += DepthwiseTile<T>.Targets, tiles++)
            if (Math.Min(phase.Low + target * phase.Advance, phase.Low + last * phase.Advance) < 0
                || Math.Max(phase.High + target * phase.Advance, phase.High + last * phase.Advance)
                    >= _horizontal.Sources)
                break;
        return tiles;
    }

    static void Run<L, P>(in DepthwiseTile<T> tile, bool isInside, nint from, nint to)
        where L : struct, IColumns<T, V> where P : struct, IPlaces
    {
        bool overlap = P.Count > 0 && tile.Next == tile.TapStep;
        if (isInside && overlap)
            DepthwiseKernel<T, V, S, L, P, InnerWindows>.Run(tile, from, to);
        else if (overlap)
            DepthwiseKernel<T, V, S, L, P, EdgeWindows>.Run(tile, from, to);
        else if (isInside)
            DepthwiseKernel<T, V, S, L, P, InnerWindowsApart>.Run(tile, from, to);
        else
            DepthwiseKernel<T, V, S, L, P, EdgeWindowsApart>.Run(tile, from, to);
    }

    // The places of the kernel, from one to the next a step apart, whose source exists.
    (int From, int To) Inside(int at, int step, int taps)
    {
        int from = 0, to = taps;
        while (from < to && (uint)(at + from * step) >= (uint)_vertical.Sources)
            from++;
        while (to > from && (uint)(at + (to - 1) * step) >= (uint)_vertical.Sources)
            to--;
        return (from, to);
    }
}
