namespace Hondo.Cli.Bench;

/// <summary>
/// A training benchmark: the same network, batches, loss and optimizer as the PyTorch script of its name.
/// </summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Steps">Steps in a timed window.</param>
/// <param name="Start">Makes everything anew.</param>
sealed record Workload(string Name, int Steps, Func<WorkloadParts> Start);
