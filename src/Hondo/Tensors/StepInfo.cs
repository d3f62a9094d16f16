using System.Globalization;

namespace Hondo.Tensors;

/// <summary>
/// What an op may know of the step that it runs in. Random ops are a pure function of it and of their own stream, so
/// that the same seed and step give the same numbers wherever the run was resumed.
/// </summary>
/// <param name="Mode">Training or inference.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Step">The number of the training step.</param>
public readonly record struct StepInfo(Mode Mode, ulong Seed, long Step);

/// <summary>How dropout and batch norm behave inside a step.</summary>
public enum Mode : byte
{
    /// <summary>Dropout drops and batch norm uses the batch's statistics: the default inside a step.</summary>
    Training,

    /// <summary>Dropout does nothing and batch norm uses running statistics; gradients are still recorded.</summary>
    Inference,
}

/// <summary>What Backward does beyond computing the gradients of parameters and watched tensors.</summary>
[Flags]
public enum BackwardOptions
{
    /// <summary>Each gradient replaces the one of the step before: nothing to reset between steps.</summary>
    None = 0,

    /// <summary>Adds to gradients that no optimizer has used yet: gradient accumulation over several batches.</summary>
    Accumulate = 1,

    /// <summary>Keeps the gradient of every intermediate result, for looking inside.</summary>
    KeepAll = 2,
}

/// <summary>Turns a name into the number of its random stream (FNV-1a, 64 bits).</summary>
public static class RandomStream
{
    const ulong Prime = 1099511628211;

    /// <summary>The stream of a name, e.g. a parameter's path.</summary>
    public static ulong Of(ReadOnlySpan<char> name)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in name)
            hash = (hash ^ c) * Prime;
        return hash;
    }

    /// <summary>
    /// The stream for one use of randomness by the layer that is running, by the layer's path. A layer that runs twice
    /// in a step draws twice: its second use has another stream.
    /// </summary>
    /// <param name="use">What it is for, where a layer has several uses.</param>
    /// <param name="index">Which of several alike.</param>
    internal static ulong OfLayer(string use = "", int index = -1)
    {
        ulong hash = Of(LayerScope.Current.Path);
        foreach (char c in use)
            hash = (hash ^ c) * Prime;
        Span<char> digits = stackalloc char[11];
        if (index >= 0 && index.TryFormat(digits, out int length, provider: CultureInfo.InvariantCulture))
            foreach (char c in digits[..length])
                hash = (hash ^ c) * Prime;
        int uses = Tape.Active?.CountUse(hash) ?? 0;
        return uses == 0 ? hash : ((hash ^ '#') * Prime ^ (ulong)uses) * Prime;
    }
}

/// <summary>
/// In which step a gradient was read. Within that step a loss that uses it cannot be differentiated through it; when
/// the step has ended, the gradient is a constant like any other.
/// </summary>
/// <param name="Tape">The tape.</param>
/// <param name="Step">The number of its step.</param>
/// <param name="Outer">The step around it, if any.</param>
sealed record GradientOrigin(Tape Tape, int Step, GradientOrigin? Outer)
{
    /// <summary>True while one of the steps is open.</summary>
    public bool IsOpen => Tape.StepNumber == Step || (Outer?.IsOpen ?? false);

    /// <summary>What a loss that depends on a gradient is told.</summary>
    public static InvalidOperationException Error(Node node) => new(
        $"The loss uses a {node.Name} {node.Shape} that was computed from a gradient read in this step. Such a "
            + "gradient is a number of its own: Backward cannot differentiate it again, and its part of the loss would "
        + "train nothing. If "
        + "it is meant as a constant, say so: x.Gradient.Detach().");
}

/// <summary>
/// A person's wish to stop what runs, as Ctrl-C is: the next step that opens on any tape ends with an
/// <see cref="OperationCanceledException"/>, a training as if its token had been cancelled. Between steps nothing is
/// half done, so what comes after computes the same bits as ever.
/// </summary>
public static class Interrupts
{
    static volatile bool _isRequested;

    /// <summary>True from <see cref="Request"/> to <see cref="Clear"/>.</summary>
    public static bool IsRequested => _isRequested;

    /// <summary>Asks for the end of what runs.</summary>
    public static void Request() => _isRequested = true;

    /// <summary>Before something new begins.</summary>
    public static void Clear() => _isRequested = false;

    /// <summary>For loops that run long without a step.</summary>
    /// <exception cref="OperationCanceledException">The end was asked for.</exception>
    public static void Check()
    {
        if (_isRequested)
            throw new OperationCanceledException("interrupted");
    }
}
