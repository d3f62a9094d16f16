namespace Hondo.Kernels;

/// <summary>
/// Convolutions of each channel by itself, forward and back to the inputs, row of targets after row. Channels run
/// innermost, as they lie. No border is copied: rows that lie outside are left out, and only tiles at the left and
/// right edge ask which pixels exist.
/// </summary>
readonly unsafe struct DepthwisePass<T, V, S> : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    const int FewestParts = 8, FewTargets = 4, MostPlaces = 5;

    const long WorthSharing = 1 << 15;

    readonly ConvolutionSizes _sizes;
    readonly AxisPhases _vertical, _horizontal;
    readonly T* _source, _weights, _start, _target;
    readonly bool _accumulates;
    readonly int _rows, _rowParts;
    readonly AxisPhase* _phases;
    readonly DepthwiseTile<T>* _tiles;
    readonly int* _ends;

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
        int vertical = _vertical.Count, pairs = vertical * _horizontal.Count;
        nint tiles = (nint)vertical * (_horizontal.AllTargets / FewTargets + _horizontal.Count);
        _tiles = (DepthwiseTile<T>*)Scratch.Shared<byte>(tiles * sizeof(DepthwiseTile<T>)
            + (vertical + _horizontal.Count) * sizeof(AxisPhase) + pairs * sizeof(int));
        _phases = (AxisPhase*)(_tiles + tiles);
        _ends = (int*)(_phases + vertical + _horizontal.Count);
        Plan();
    }

    // What all rows have in common is written once.
    void Plan()
    {
        for (int i = 0; i < _vertical.Count; i++)
            _phases[i] = _vertical[i];
        for (int i = 0; i < _horizontal.Count; i++)
        {
            // From right to left the windows of the way back overlap as those of the way there do.
            AxisPhase phase = _horizontal[i];
            _phases[_vertical.Count + i] = phase.ShiftStep < 0 ? phase.Mirrored : phase;
        }
        DepthwiseTile<T>* tile = _tiles;
        for (int i = 0; i < _vertical.Count * _horizontal.Count; i++)
        {
            AxisPhase horizontal = _phases[_vertical.Count + i % _horizontal.Count];
            DepthwiseTile<T> all = Steps(_phases[i / _horizontal.Count], horizontal);
            // The first phases bring near what the others read too.
            all.AheadRows = i == 0 ? _vertical.Advance : 0;
            for (int x = 0; x < horizontal.Count; tile++)
            {
                *tile = Place(all, horizontal, x);
                x += tile->Repeats * tile->Targets;
            }
            _ends[i] = (int)(tile - _tiles);
        }
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
                if (row < _phases[i / _horizontal.Count].Count)
                    RunRow(image, row, i);
    }

    void RunRow(int image, int row, int pair)
    {
        ref AxisPhase vertical = ref _phases[pair / _horizontal.Count];
        ref AxisPhase horizontal = ref _phases[_vertical.Count + pair % _horizontal.Count];
        nint channels = _sizes.Channels, line = _horizontal.Sources * channels;
        int at = vertical.Begin + row * vertical.Advance + vertical.Shift;
        (int from, int to) = Inside(at, vertical.ShiftStep, vertical.Taps);
        at += from * vertical.ShiftStep;
        DepthwiseTile<T> all = default;
        all.Rows = to - from;
        all.W = _weights + (vertical.Tap + from * vertical.TapStep) * _sizes.Horizontal.Kernel * channels
            + horizontal.Tap * channels;
        all.Ahead = (vertical.High + (row + 1) * vertical.Advance - at) * line;
        all.A = _source + ((nint)image * _vertical.Sources + at) * line;
        all.C = _target + (((nint)image * _vertical.AllTargets + vertical.First + row * vertical.Step)
            * _horizontal.AllTargets + horizontal.First) * channels;
        DepthwiseTile<T>* tile = _tiles + (pair == 0 ? 0 : _ends[pair - 1]), end = _tiles + _ends[pair];
        for (; tile < end; tile++)
        {
            DepthwiseTile<T> one = *tile;
            (one.Rows, one.Ahead) = (all.Rows, all.Ahead);
            one.W = all.W;
            one.A = all.A + one.Source;
            one.C = all.C + one.Target;
            one.Start = _accumulates ? one.C : _start;
            RunTile(one, _sizes.Channels);
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

    // The tiles from a target on that are inside, or one at an edge.
    DepthwiseTile<T> Place(DepthwiseTile<T> tile, in AxisPhase horizontal, int x)
    {
        tile.Targets = horizontal.Count - x > FewTargets ? DepthwiseTile<T>.MostTargets : FewTargets;
        tile.Column = horizontal.Begin + horizontal.Shift + x * horizontal.Advance;
        tile.Source = (nint)tile.Column * _sizes.Channels;
        tile.Target = x * tile.Into;
        tile.Count = Math.Min(tile.Targets, horizontal.Count - x);
        tile.Repeats = InnerTiles(horizontal, x, tile.Targets);
        tile.IsInner = tile.Repeats > 0;
        tile.Repeats = Math.Max(1, tile.Repeats);
        if (!tile.IsInner && tile.Taps <= MostPlaces)
            tile.Exists = tile.Existing(tile.Targets);
        return tile;
    }

    /// <summary>Runs a tile, and those that repeat it.</summary>
    public static void RunTile(in DepthwiseTile<T> tile, int channels)
    {
        switch (tile.Taps)
        {
            case 1: RunTile<OnePlace>(tile, channels); break;
            case 2: RunTile<TwoPlaces>(tile, channels); break;
            case 3: RunTile<ThreePlaces>(tile, channels); break;
            case 4: RunTile<FourPlaces>(tile, channels); break;
            case 5: RunTile<FivePlaces>(tile, channels); break;
            default: RunTile<AnyPlaces>(tile, channels); break;
        }
    }

    static void RunTile<P>(in DepthwiseTile<T> tile, int channels) where P : struct, IPlaces
    {
        if (tile.Targets == FewTargets)
            RunTile<FourPlaces, P>(tile, channels);
        else
            RunTile<EightPlaces, P>(tile, channels);
    }

    static void RunTile<N, P>(in DepthwiseTile<T> tile, int channels)
        where N : struct, IPlaces where P : struct, IPlaces
    {
        nint whole = channels / S.Width * S.Width;
        Run<WholeColumns<T, V, S>, N, P>(tile, 0, whole);
        if (whole < channels)
            Run<FirstColumns<T, V, S>, N, P>(tile, whole, channels);
    }

    // How many tiles from a target on lack neither targets nor sources.
    int InnerTiles(in AxisPhase phase, int target, int targets)
    {
        int tiles = 0, last = target + targets - 1;
        for (; last < phase.Count; target += targets, last += targets, tiles++)
            if (Math.Min(phase.Low + target * phase.Advance, phase.Low + last * phase.Advance) < 0
                || Math.Max(phase.High + target * phase.Advance, phase.High + last * phase.Advance)
                    >= _horizontal.Sources)
                break;
        return tiles;
    }

    static void Run<L, N, P>(in DepthwiseTile<T> tile, nint from, nint to)
        where L : struct, IColumns<T, V> where N : struct, IPlaces where P : struct, IPlaces
    {
        bool overlap = P.Count > 0 && tile.Next == tile.TapStep;
        if (tile.IsInner && overlap)
            DepthwiseKernel<T, V, S, L, N, P, InnerWindows>.Run(tile, from, to);
        else if (overlap)
            DepthwiseKernel<T, V, S, L, N, P, EdgeWindows>.Run(tile, from, to);
        else if (tile.IsInner)
            DepthwiseKernel<T, V, S, L, N, P, InnerWindowsApart>.Run(tile, from, to);
        else
            DepthwiseKernel<T, V, S, L, N, P, EdgeWindowsApart>.Run(tile, from, to);
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
