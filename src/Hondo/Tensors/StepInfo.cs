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
    /// <summary>The stream of a name, e.g. a parameter's path.</summary>
    public static ulong Of(ReadOnlySpan<char> name)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in name)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
