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
    /// in
    /// a step draws twice: its second use has another stream.
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
