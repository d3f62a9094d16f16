namespace Hondo.Tensors;

/// <summary>
/// What an op may know of the step that it runs in. Random ops are a pure function of it and of their own stream, so
/// that the same seed and step give the same numbers wherever the run was resumed.
/// </summary>
/// <param name="Mode">Training or inference.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Step">The number of the training step.</param>
public readonly record struct StepInfo(Mode Mode, ulong Seed, long Step);
