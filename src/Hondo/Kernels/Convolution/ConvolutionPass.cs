using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// From sources to targets: inputs to outputs, or outputs' gradients to inputs' gradients. A block of targets is a
/// product of pixels × kernel with kernel × channels; threads do blocks, and where these are few some columns of each.
/// </summary>
unsafe struct ConvolutionPass<T, V, S> : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    // Longer chains go on through C. A panel of B (576×32 floats) streams from the second-level cache: shorter ones,
    // which the first level holds, lose more by the way through C than they gain.
    const int MostK = 576, BlockTargets = 256, MostNarrow = 16, NoOffsets = 16;

    // Targets at the border are tiles of their own. These cost more than the zeros that they spare where they are not
    // filled, for want of images, or are short, for want of channels. Blocks have more targets, for fuller tiles.
    const int CutTargets = 1024, WorthCutting = 16, FewestCut = 8;

    // In multiply-adds: below about 1 µs a fork costs more than it gains.
    const long WorthSharing = 1 << 17;

    /// <summary>Targets so few that copying the weights into panels costs more than it gains.</summary>
    const int WorthPacking = 1024;

    readonly ConvolutionSizes _sizes;
    readonly bool _isBackward, _isInThrees, _isCut, _accumulates;
    readonly AxisPhases _vertical, _horizontal;
    readonly SourceBlocks<T> _blocks;
    readonly T* _source, _weights, _start, _target;
    readonly int _sourceChannels, _targetChannels, _groups, _inner, _columns;
    ConvolutionTables<T>* _parts;
    int* _noOffsets;
    int _partCount, _columnParts, _units;
    bool _isPacked;

    /// <param name="sizes">The convolution.</param>
    /// <param name="isBackward">True from y to x.</param>
    /// <param name="source">x, or the gradient of y.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="start">A number for each target channel, or null for 0.</param>
    /// <param name="target">y, or the gradient of x.</param>
    /// <param name="accumulates">True adds to the target, which then is what the chains start from.</param>
    public ConvolutionPass(in ConvolutionSizes sizes, bool isBackward, T* source, T* weights, T* start, T* target,
        bool accumulates)
    {
        (_sizes, _isBackward, _accumulates) = (sizes, isBackward, accumulates);
        _source = source;
        _weights = weights;
        _start = start;
        _target = target;
        _isInThrees = ConvolutionChoice.Direct(sizes, isBackward) == ConvolutionKernel.Threes;
        _sourceChannels = isBackward ? sizes.Outputs : sizes.Channels;
        _targetChannels = isBackward ? sizes.Channels : sizes.Outputs;
        _groups = sizes.Groups;
        _inner = _sourceChannels / _groups;
        _columns = _targetChannels / _groups;
        _isCut = ConvolutionChoice.Direct(sizes, isBackward) == ConvolutionKernel.Cut;
        _vertical = Phases(sizes.Vertical, isBackward, _isCut);
        _horizontal = Phases(sizes.Horizontal, isBackward, _isCut);
        bool isCopied = !_isCut && !(_vertical.IsInside && _horizontal.IsInside);
        _blocks = new(source, sizes.Batch, _sourceChannels, _vertical, _horizontal,
            _isCut ? CutTargets : BlockTargets, isCopied);
    }

    /// <summary>
    /// True where <see cref="ThreePlacesTile{T,V,S,R}"/> is faster; by the shape alone, because chains then have
    /// another order.
    /// </summary>
    public static bool IsInThrees(in ConvolutionSizes sizes, bool isBackward)
    {
        ConvolutionAxis axis = sizes.Horizontal;
        int channels = isBackward ? sizes.Channels : sizes.Outputs, width = isBackward ? axis.Input : axis.Output;
        return sizes.Groups == 1 && channels <= MostNarrow && width >= MostNarrow
            && axis is { Kernel: 3, Stride: 1, Dilation: 1 };
    }

    /// <summary>True where tiles at the border are worth it.</summary>
    public static bool IsCut(in ConvolutionSizes sizes, bool isBackward) =>
        (isBackward ? sizes.Outputs : sizes.Channels) / sizes.Groups >= WorthCutting && sizes.Batch >= FewestCut;

    static AxisPhases Phases(ConvolutionAxis axis, bool isBackward, bool isCut) =>
        isBackward ? AxisPhases.Backward(axis, isCut) : AxisPhases.Forward(axis, isCut);

    static int Panel => PackedPanels<T, V, S>.Width;

    readonly int PanelsOfGroup => (_columns + Panel - 1) / Panel;

    /// <summary>Runs on as many threads as are worth it.</summary>
    public void Run()
    {
        if (_sizes.IsDepthwise)
            DepthwisePass<T, V, S>.Run(_sizes, _isBackward, _source, _weights, _start, _target, _accumulates);
        else if (_isBackward && ConvolutionScatter<T, V, S>.IsBetter(_sizes))
            ConvolutionScatter<T, V, S>.Run(_sizes, _source, _weights, _start, _target, _accumulates);
        else
            Gather();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Gather()
    {
        Prepare();
        long work = _sizes.MultiplyAdds;
        _units = _groups * PanelsOfGroup;
        int threads = work < WorthSharing ? 1 : Workers.Count;
        int wanted = threads == 1 ? 1 : (int)Math.Min(4 * threads, 1 + work / WorthSharing);
        _columnParts = Math.Clamp((wanted + _blocks.Count - 1) / _blocks.Count, 1, _units);
        int parts = _blocks.Count * _columnParts;
        if (threads > 1)
            Workers.Run(parts, this);
        else
            for (int part = 0; part < parts; part++)
                Run(part);
    }

    void Prepare()
    {
        _isPacked = _isBackward || _isInThrees
            || (long)_sizes.OutputLength / Math.Max(1, _sizes.Outputs) >= WorthPacking;
        nint weights = _isPacked ? PackedLength(_sizes.Taps * _inner) * _groups : 0;
        nint tables = TableLength(), headers = _partCount * sizeof(ConvolutionTables<T>) / sizeof(T) + 64;
        T* memory = Scratch.Shared<T>(weights + headers + tables * sizeof(int) / sizeof(T) + 64);
        _parts = (ConvolutionTables<T>*)(memory + weights);
        _noOffsets = (int*)(memory + weights + headers);
        new Span<int>(_noOffsets, NoOffsets).Clear();
        FillTables(memory, _noOffsets + NoOffsets);
    }

    readonly nint PackedLength(nint k) => PackedPanels<T, V, S>.Length(k, _columns);

    nint TableLength()
    {
        long length = NoOffsets;
        for (int y = 0; y < _vertical.Count; y++)
            for (int x = 0; x < _horizontal.Count; x++)
            {
                var (spans, rows, taps) = _vertical.Sums(_vertical[y], _blocks.Rows);
                var (spansAcross, columns, tapsAcross) = _horizontal.Sums(_horizontal[x], int.MaxValue);
                _partCount += spans * spansAcross;
                length += 2L * _blocks.Images * rows * columns + (long)taps * tapsAcross * _inner;
            }
        return (nint)length;
    }

    readonly void FillTables(T* weights, int* tables)
    {
        ConvolutionTables<T>* part = _parts;
        for (int i = 0; i < _vertical.Count * _horizontal.Count; i++)
        {
            AxisPhase vertical = _vertical[i / _horizontal.Count], horizontal = _horizontal[i % _horizontal.Count];
            ConvolutionTables<T> phase = new() { Vertical = vertical, Horizontal = horizontal, Weights = weights };
            phase.Length = phase.Taps * _inner;
            PlaceWeights(ref phase);
            AxisSpan down, across;
            for (int y = 0; y < vertical.Count; y += down.Count)
            {
                down = _vertical.Span(vertical, y);
                for (int x = 0; x < horizontal.Count; x += across.Count)
                {
                    across = _horizontal.Span(horizontal, x);
                    *part = phase.Part(down, across, _inner);
                    tables = Fill(part++, tables);
                }
            }
            weights += PackedLength(phase.Length) * _groups;
        }
    }

    readonly int* Fill(ConvolutionTables<T>* part, int* tables)
    {
        int pixels = _blocks.Images * Math.Min(_blocks.Rows, part->Vertical.Count) * part->Horizontal.Count;
        part->Rows = tables;
        part->Into = tables + pixels;
        part->Steps = tables + 2 * pixels;
        part->Fill(_blocks, _vertical, _horizontal, _sourceChannels, _targetChannels, _inner, _isInThrees);
        return part->Steps + part->Taps * _inner;
    }

    readonly void PlaceWeights(ref ConvolutionTables<T> phase)
    {
        if (_isInThrees)
            OrderWeights(phase);
        else if (_isBackward)
            TurnWeights(phase);
        else if (!_isPacked)
            phase.Weights = _weights;
        else
            for (int group = 0; group < _groups; group++)
                Packing<T, V, S>.PackB(new(_weights + group * _columns, _sizes.Outputs, 1), phase.Length, _columns,
                    phase.Weights + group * PackedLength(phase.Length));
    }

    // Back from outputs to inputs each place of the kernel is the transposed matrix.
    readonly void TurnWeights(in ConvolutionTables<T> phase)
    {
        nint tap = (nint)(_sizes.Channels / _sizes.Groups) * _sizes.Outputs, length = PackedLength(phase.Length);
        for (int y = 0; y < phase.Vertical.Taps; y++)
            for (int x = 0; x < phase.Horizontal.Taps; x++)
            {
                int index = y * phase.Horizontal.Taps + x;
                int row = phase.Vertical.Tap + y * phase.Vertical.TapStep;
                int column = phase.Horizontal.Tap + x * phase.Horizontal.TapStep;
                T* source = _weights + tap * (row * _sizes.Horizontal.Kernel + column);
                for (int group = 0; group < _groups; group++)
                    TurnPlace(source + group * _inner, phase.Weights + group * length, phase.Length, index);
            }
    }

    readonly void OrderWeights(in ConvolutionTables<T> phase)
    {
        T* ordered = Scratch.Turned<T>((nint)phase.Length * _columns), row = ordered;
        nint across = _isBackward ? _sizes.Outputs : 1, along = _isBackward ? 1 : _sizes.Outputs;
        int run = phase.Horizontal.Taps * _inner;
        for (int k = 0; k < phase.Length; k++, row += _columns)
        {
            var (x, channel) = phase.Step(k % run, _inner, _isInThrees);
            int y = phase.Vertical.Tap + k / run * phase.Vertical.TapStep;
            int place = y * _sizes.Horizontal.Kernel + phase.Horizontal.Tap + x * phase.Horizontal.TapStep;
            T* source = _weights + (nint)place * _sizes.Channels * _sizes.Outputs + channel * along;
            for (int j = 0; j < _columns; j++)
                row[j] = source[j * across];
        }
        Packing<T, V, S>.PackB(new(ordered, _columns, 1), phase.Length, _columns, phase.Weights);
    }

    readonly void TurnPlace(T* source, T* panels, nint length, int index)
    {
        for (nint j = 0; j < _columns; j += Panel)
        {
            nint stride = PackedPanels<T, V, S>.Stride(j, _columns);
            PackedPanels<T, V, S>.CopyColumns(new(source + j * _sizes.Outputs, 1, _sizes.Outputs), _inner,
                Math.Min(Panel, _columns - j), panels + j * length + index * _inner * stride, stride);
        }
    }

    /// <summary>Does some columns of a block.</summary>
    public readonly void Run(int part)
    {
        SourceBlock block = _blocks[part / _columnParts];
        T* a = _blocks.Place(block, Scratch.Own<T>(_blocks.ScratchLength));
        nint row = (nint)_horizontal.AllTargets * _targetChannels, image = _vertical.AllTargets * row;
        T* c = _target + block.Image * image + block.From * _vertical.TargetStep * row;
        int share = part % _columnParts, end = _units * (share + 1) / _columnParts;
        for (int unit = _units * share / _columnParts; unit < end; unit++)
            for (int i = 0; i < _partCount; i++)
                RunPanel(_parts[i], block, a, c, unit / PanelsOfGroup, unit % PanelsOfGroup * Panel);
    }

    readonly void RunPanel(in ConvolutionTables<T> part, SourceBlock block, T* a, T* c, int group, int j)
    {
        int targets = part.Targets(block, out int line);
        if (targets == 0)
            return;
        OffsetTile<T> tile = default;
        tile.Columns = Math.Min(Panel, _columns - j);
        int channel = group * _columns + j, moved = line - block.From - part.From;
        tile.A = a + group * _inner + (nint)moved * part.Vertical.Advance * _blocks.RowStride;
        tile.C = c + channel + (nint)moved * part.Vertical.Step * _horizontal.AllTargets * _targetChannels;
        tile.BRowStride =
            _isPacked ? PackedPanels<T, V, S>.Stride(j, _columns) : _sizes.Outputs;
        T* b = _isPacked ? part.Weights + group * PackedLength(part.Length) + (nint)j * part.Length
            : part.Weights + channel;
        int* starts = _accumulates ? null : _noOffsets;
        tile.Start = _accumulates ? tile.C : _start == null ? null : _start + channel;
        if (j == 0 && _isCut && part.Taps > 0)
            (tile.Reach, tile.ReachLength) =
                (Math.Max(part.Steps[0], part.Steps[(part.Taps - 1) * _inner]), _inner);
        // Lines of the kernel of which all is seen are one chain in the weights.
        bool isWhole = part.Horizontal.Taps * _inner == part.Line;
        int chains = isWhole ? 1 : Math.Max(1, part.Vertical.Taps), length = part.Taps * _inner / chains;
        for (int chain = 0; chain < chains; chain++, starts = null, tile.Start = tile.C)
        {
            tile.Steps = part.Steps + chain * length;
            RunChain(ref tile, part, b + (part.First + chain * part.Line) * tile.BRowStride, length, starts, targets);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    readonly void RunChain(ref OffsetTile<T> tile, in ConvolutionTables<T> part, T* b, int length, int* starts,
        int targets)
    {
        int pieces = Math.Max(1, (length + MostK - 1) / MostK), step = Math.Max(1, (length + pieces - 1) / pieces);
        step = _isInThrees ? (step + 2) / 3 * 3 : step;
        int* steps = tile.Steps;
        for (int k = 0; k == 0 || k < length; k += step, starts = null, tile.Start = tile.C)
        {
            tile.K = Math.Min(step, length - k);
            tile.B = b + k * tile.BRowStride;
            tile.Steps = steps + k;
            if (_isInThrees)
                OffsetRows<T, V, S>.RunThrees(ref tile, part.Rows, part.Into, starts, targets,
                    part.Horizontal.Count, _sourceChannels);
            else
                OffsetRows<T, V, S>.Run(ref tile, part.Rows, part.Into, starts, targets);
        }
    }
}
