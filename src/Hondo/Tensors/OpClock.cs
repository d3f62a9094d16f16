using System.Diagnostics;

namespace Hondo.Tensors;

/// <summary>What an op did while its time was taken.</summary>
enum OpPass : byte
{
    /// <summary>It computed its value.</summary>
    Forward,

    /// <summary>It sent gradients back.</summary>
    Backward,

    /// <summary>An optimizer changed the parameters.</summary>
    Update,
}

/// <summary>How long one op took in one step.</summary>
/// <param name="Call">The op's call; null of an optimizer.</param>
/// <param name="Pass">What it did.</param>
/// <param name="Start">When it began, by <see cref="Stopwatch.GetTimestamp"/>.</param>
/// <param name="End">When it ended.</param>
readonly record struct OpTime(Call? Call, OpPass Pass, long Start, long End);

/// <summary>
/// Takes the time of every op of the steps of one thread. Without one, which is usual, an op pays for one look at a
/// field.
/// </summary>
sealed class OpClock
{
    [ThreadStatic]
    static OpClock? _current;

    /// <summary>The clock of this thread, or null.</summary>
    public static OpClock? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>What was taken since it was last cleared.</summary>
    public List<OpTime> Times { get; } = [];

    /// <summary>Runs a call's Forward; views of other memory do nothing that takes time.</summary>
    public void Run(Call call, in StepInfo step)
    {
        long start = Stopwatch.GetTimestamp();
        call.Run(step);
        if (!call.SharesMemory)
            Add(call, OpPass.Forward, start);
    }

    /// <summary>Notes what ended now.</summary>
    public void Add(Call? call, OpPass pass, long start) =>
        Times.Add(new(call, pass, start, Stopwatch.GetTimestamp()));
}
