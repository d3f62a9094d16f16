namespace Hondo.Kernels;

/// <summary>
/// From sources to targets: inputs to outputs, or outputs' gradients to inputs' gradients. A block of targets is a
/// product of pixels × kernel with kernel × channels; threads do blocks, and where these are few some columns of each.
/// </summary>
unsafe struct ConvolutionPass<T, V, S> : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    // A panel of B (384×32 floats) is a first-level cache; longer chains go on through C.
    const int MostK = 384, BlockTargets = 256, MostNarrow = 16, NoOffsets = 16;

    // In multiply-adds: below about 1 µs a fork costs more than it gains.
    const long WorthSharing = 1 << 17;

    /// <summary>Targets so few that copying the weights into panels costs more than it gains.</summary>
    const int WorthPacking = 1024;

    readonly ConvolutionSizes _sizes;
    readonly bool _isBackward, _isDepthwise, _isInThrees, _accumulates;
    readonly AxisPhases _vertical, _horizontal;
    readonly SourceBlocks<T> _blocks;
    readonly T* _source, _weights, _start, _target;
    readonly int _sourceChannels, _targetChannels, _groups, _inner, _columns;
    ConvolutionTables<T>* _phases;
    int* _noOffsets;
    int _phaseCount, _columnParts, _units;
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
        _isDepthwise = sizes.IsDepthwise;
        _isInThrees = IsInThrees(sizes, isBackward);
        _vertical = isBackward ? AxisPhases.Backward(sizes.Vertical) : AxisPhases.Forward(sizes.Vertical);
        _horizontal = isBackward ? AxisPhases.Backward(sizes.Horizontal) : AxisPhases.Forward(sizes.Horizontal);
        _sourceChannels = isBackward ? sizes.Outputs : sizes.Channels;
        _targetChannels = isBackward ? sizes.Channels : sizes.Outputs;
        _groups = _isDepthwise ? 1 : sizes.Groups;
        _inner = _isDepthwise ? 1 : _sourceChannels / _groups;
        _columns = _targetChannels / _groups;
        _blocks = new(source, sizes.Batch, _sourceChannels, _vertical, _horizontal, BlockTargets);
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

    readonly int Panel => _isDepthwise ? S.Width : PackedPanels<T, V, S>.Width;

    readonly int PanelsOfGroup => (_columns + Panel - 1) / Panel;

    /// <summary>Runs on as many threads as are worth it.</summary>
    public void Run()
    {
        if (_isBackward && ConvolutionScatter<T, V, S>.IsBetter(_sizes))
            ConvolutionScatter<T, V, S>.Run(_sizes, _source, _weights, _start, _target, _accumulates);
        else
            Gather();
    }

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
        _phaseCount = _vertical.Count * _horizontal.Count;
        _isPacked = !_isDepthwise && (_isBackward || _isInThrees
            || (long)_sizes.OutputLength / Math.Max(1, _sizes.Outputs) >= WorthPacking);
        nint weights = _isPacked || _isBackward ? PackedLength(_sizes.Taps * _inner) * _groups : 0;
        nint tables = TableLength();
        nint headers = _phaseCount * sizeof(ConvolutionTables<T>) / sizeof(T) + 64;
        T* memory = Scratch.Shared<T>(weights + headers + tables * sizeof(int) / sizeof(T) + 64);
        _phases = (ConvolutionTables<T>*)(memory + weights);
        _noOffsets = (int*)(memory + weights + headers);
        new Span<int>(_noOffsets, NoOffsets).Clear();
        FillTables(memory, _noOffsets + NoOffsets);
        PlaceWeights();
    }

    readonly nint PackedLength(nint k) => _isDepthwise ? k * _columns : PackedPanels<T, V, S>.Length(k, _columns);

    readonly nint TableLength()
    {
        long length = NoOffsets;
        for (int y = 0; y < _vertical.Count; y++)
            for (int x = 0; x < _horizontal.Count; x++)
                length += ConvolutionTables<T>.TableLength(
                    _vertical[y], _horizontal[x], _blocks.Images, _blocks.Rows, _inner);
        return (nint)length;
    }

    readonly void FillTables(T* weights, int* tables)
    {
        for (int i = 0; i < _phaseCount; i++)
        {
            ref ConvolutionTables<T> phase = ref _phases[i];
            phase = new()
            {
                Vertical = _vertical[i / _horizontal.Count], Horizontal = _horizontal[i % _horizontal.Count],
            };
            int pixels = _blocks.Images * _blocks.Rows * phase.Horizontal.Count;
            phase.Rows = tables;
            phase.Into = tables + pixels;
            phase.Steps = tables + 2 * pixels;
            phase.Length = phase.Taps * _inner;
            phase.Weights = weights;
            phase.Fill(_blocks, _vertical, _horizontal, _sourceChannels, _targetChannels, _inner, _isInThrees);
            tables += 2 * pixels + phase.Length;
            weights += PackedLength(phase.Length) * _groups;
        }
    }

    readonly void PlaceWeights()
    {
        if (_isBackward || _isInThrees)
        {
            for (int i = 0; i < _phaseCount; i++)
                if (_isInThrees)
                    OrderWeights(_phases[i]);
                else
                    TurnWeights(_phases[i]);
            return;
        }
        nint length = PackedLength(_phases->Length);
        if (!_isPacked)
            _phases->Weights = _weights;
        else
            for (int group = 0; group < _groups; group++)
                Packing<T, V, S>.PackB(new(_weights + group * _columns, _sizes.Outputs, 1), _phases->Length, _columns,
                    _phases->Weights + group * length);
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
                if (_isDepthwise)
                    new Span<T>(source, _columns).CopyTo(new(phase.Weights + (nint)index * _columns, _columns));
                else
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
            for (int i = 0; i < _phaseCount; i++)
                RunPanel(_phases[i], block, a, c, unit / PanelsOfGroup, unit % PanelsOfGroup * Panel);
    }

    readonly void RunPanel(in ConvolutionTables<T> phase, SourceBlock block, T* a, T* c, int group, int j)
    {
        int targets = phase.Targets(block);
        if (targets == 0)
            return;
        OffsetTile<T> tile = default;
        tile.Columns = Math.Min(Panel, _columns - j);
        int channel = group * _columns + j;
        tile.A = a + (_isDepthwise ? j : group * _inner);
        tile.C = c + channel;
        nint stride = _isPacked ? PackedPanels<T, V, S>.Stride(j, _columns) : _isBackward ? _columns : _sizes.Outputs;
        T* b = _isPacked ? phase.Weights + group * PackedLength(phase.Length) + (nint)j * phase.Length
            : phase.Weights + channel;
        tile.BRowStride = stride;
        nint blocks = Math.Max(1, (phase.Length + MostK - 1) / MostK), step = (phase.Length + blocks - 1) / blocks;
        step = _isInThrees ? (step + 2) / 3 * 3 : step;
        for (nint k = 0; k < blocks; k++)
        {
            tile.K = Math.Min(step, phase.Length - k * step);
            tile.B = b + k * step * stride;
            tile.Steps = phase.Steps + k * step;
            bool goesOn = k > 0 || _accumulates;
            tile.Start = goesOn ? tile.C : _start == null ? null : _start + channel;
            int* starts = goesOn ? null : _noOffsets;
            if (_isInThrees)
                OffsetRows<T, V, S>.RunThrees(ref tile, phase.Rows, phase.Into, starts, targets,
                    phase.Horizontal.Count, _sourceChannels);
            else
                OffsetRows<T, V, S>.Run(ref tile, phase.Rows, phase.Into, starts, targets, _isDepthwise);
        }
    }
}
