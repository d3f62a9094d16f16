namespace Hondo.Kernels;

/// <summary>
/// Targets along an axis that see their sources alike: target j of a phase, at First + j·Step, reads the sources
/// Begin + j·Advance + Shift + i·ShiftStep with the kernel's places Tap + i·TapStep, for i = 0 … Taps − 1. Outputs
/// are one phase; the gradients of inputs are one for each remainder by the stride, so none multiplies zeros.
/// </summary>
readonly record struct AxisPhase(
    int First, int Step, int Count, int Begin, int Advance, int Tap, int TapStep, int Taps, int Shift, int ShiftStep)
{
    /// <summary>Where the lowest source of target 0 lies.</summary>
    public int Low => Begin + Math.Min(Shift, Shift + (Taps - 1) * ShiftStep);

    /// <summary>Where the highest source of target 0 lies.</summary>
    public int High => Begin + Math.Max(Shift, Shift + (Taps - 1) * ShiftStep);

    public bool IsEmpty => Taps == 0 || Count == 0;

    /// <summary>The same targets from the last to the first.</summary>
    public AxisPhase Mirrored => this with
    {
        First = First + (Count - 1) * Step,
        Step = -Step,
        Begin = Begin + (Count - 1) * Advance,
        Advance = -Advance,
    };

    /// <summary>Outputs as targets of inputs.</summary>
    public static AxisPhase Forward(ConvolutionAxis axis) =>
        new(0, 1, axis.Output, -axis.Before, axis.Stride, 0, 1, axis.Kernel, 0, axis.Dilation);

    /// <summary>Inputs as targets of outputs: those with a remainder of their place behind the first zero.</summary>
    public static AxisPhase Backward(ConvolutionAxis axis, int remainder)
    {
        int stride = axis.Stride, first = (int)(((long)remainder - axis.Before % stride + stride) % stride);
        int count = first >= axis.Input ? 0 : (axis.Input - first - 1) / stride + 1;
        int tap = 0, tapStep = stride / (int)Gcd(stride, axis.Dilation), end = Math.Min(tapStep, axis.Kernel);
        while (tap < end && (long)tap * axis.Dilation % stride != remainder)
            tap++;
        int taps = tap < end ? Math.Max(0, (axis.Kernel - tap + tapStep - 1) / tapStep) : 0;
        return new(first, stride, count, (first + axis.Before - remainder) / stride, 1, tap, tapStep, taps,
            (int)((remainder - (long)tap * axis.Dilation) / stride), (int)((long)-tapStep * axis.Dilation / stride));
    }

    /// <summary>A target and those behind it that see the same places as it does inside so many sources.</summary>
    public AxisSpan Span(int target, int sources)
    {
        var (skipped, taps) = Inside(target, sources);
        int end = target + 1;
        while (end < Count && Inside(end, sources) == (skipped, taps))
            end++;
        return new(target, end - target, skipped, taps);
    }

    /// <summary>The targets of a span as a phase of its own.</summary>
    public AxisPhase Part(AxisSpan span) => this with
    {
        First = First + span.From * Step,
        Count = span.Count,
        Begin = Begin + span.From * Advance,
        Tap = Tap + span.Skipped * TapStep,
        Taps = span.Taps,
        Shift = Shift + span.Skipped * ShiftStep,
    };

    (int Skipped, int Taps) Inside(int target, int sources)
    {
        int skipped = 0, taps = 0;
        for (int i = 0; i < Taps; i++)
        {
            int source = Begin + target * Advance + Shift + i * ShiftStep;
            if (source >= 0 && source < sources)
                taps++;
            else if (taps == 0)
                skipped++;
        }
        return (skipped, taps);
    }

    static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}

/// <summary>All phases of an axis, and what they read of the sources together.</summary>
readonly struct AxisPhases
{
    readonly ConvolutionAxis _axis;
    readonly bool _isBackward, _isCut;
    readonly int _highest;

    AxisPhases(ConvolutionAxis axis, bool isBackward, bool isCut)
    {
        (_axis, _isBackward, _isCut, Low) = (axis, isBackward, isCut, int.MaxValue);
        int high = int.MinValue;
        for (int i = 0; i < Count; i++)
        {
            AxisPhase phase = this[i];
            Targets = Math.Max(Targets, phase.Count);
            if (phase.IsEmpty)
                continue;
            Low = Math.Min(Low, phase.Low);
            high = Math.Max(high, phase.High);
            _highest = Math.Max(_highest, phase.High + (phase.Count - 1) * phase.Advance);
        }
        Low = high == int.MinValue ? 0 : Low;
        Reach = Math.Max(0, high - Low);
    }

    /// <summary>From inputs to outputs.</summary>
    public static AxisPhases Forward(ConvolutionAxis axis, bool isCut = false) => new(axis, isBackward: false, isCut);

    /// <summary>From outputs' gradients to inputs' gradients.</summary>
    public static AxisPhases Backward(ConvolutionAxis axis, bool isCut = false) => new(axis, isBackward: true, isCut);

    // A stride longer than the input leaves remainders without a target.
    public int Count => _isBackward ? Math.Min(_axis.Stride, _axis.Input) : 1;

    public AxisPhase this[int i] => !_isBackward ? AxisPhase.Forward(_axis)
        : AxisPhase.Backward(_axis, Count == _axis.Stride ? i : (int)(((long)i + _axis.Before) % _axis.Stride));

    /// <summary>
    /// The span of a phase that begins at a target: where phases are cut, those that see the same places inside the
    /// sources; otherwise all, and there must be zeros around the sources.
    /// </summary>
    public AxisSpan Span(in AxisPhase phase, int target) =>
        _isCut ? phase.Span(target, Sources) : new(target, phase.Count - target, 0, phase.Taps);

    /// <summary>How many spans a phase has, and over all spans the targets, at most so many of each, and the places.
    /// </summary>
    public (int Spans, int Targets, int Taps) Sums(in AxisPhase phase, int most)
    {
        int spans = 0, targets = 0, taps = 0;
        for (int at = 0; at < phase.Count; spans++)
        {
            AxisSpan span = Span(phase, at);
            at += span.Count;
            targets += Math.Min(most, span.Count);
            taps += span.Taps;
        }
        return (spans, targets, taps);
    }

    /// <summary>How long the sources are.</summary>
    public int Sources => _isBackward ? _axis.Output : _axis.Input;

    /// <summary>Length of the targets of all phases.</summary>
    public int AllTargets => _isBackward ? _axis.Input : _axis.Output;

    /// <summary>Targets of the longest phase.</summary>
    public int Targets { get; }

    /// <summary>From one target of a phase to the next.</summary>
    public int TargetStep => _isBackward ? _axis.Stride : 1;

    /// <summary>How much further the sources of the next target lie.</summary>
    public int Advance => _isBackward ? 1 : _axis.Stride;

    /// <summary>The lowest source of the first targets; below 0 in the zeros before the sources.</summary>
    public int Low { get; }

    /// <summary>From the lowest to the highest source of the first targets.</summary>
    public int Reach { get; }

    /// <summary>True when no source lies among the zeros.</summary>
    public bool IsInside => Low >= 0 && _highest < Sources;

    /// <summary>How many sources so many targets see, from the lowest to the highest.</summary>
    public int Window(int targets) => Advance * (targets - 1) + Reach + 1;
}
