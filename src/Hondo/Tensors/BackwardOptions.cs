namespace Hondo.Tensors;

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
