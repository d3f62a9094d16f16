namespace Hondo.Kernels;

/// <summary>All phases of an axis, and what they read of the sources together.</summary>
readonly struct AxisPhases
{
    readonly ConvolutionAxis _axis;
    readonly bool _isBackward;
    readonly int _highest;

    AxisPhases(ConvolutionAxis axis, bool isBackward)
    {
        (_axis, _isBackward, Low) = (axis, isBackward, int.MaxValue);
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
    public static AxisPhases Forward(ConvolutionAxis axis) => new(axis, isBackward: false);

    /// <summary>From outputs' gradients to inputs' gradients.</summary>
    public static AxisPhases Backward(ConvolutionAxis axis) => new(axis, isBackward: true);

    public int Count => _isBackward ? _axis.Stride : 1;

    public AxisPhase this[int i] => _isBackward ? AxisPhase.Backward(_axis, i) : AxisPhase.Forward(_axis);

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
