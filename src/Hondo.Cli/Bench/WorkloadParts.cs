using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;

namespace Hondo.Cli.Bench;

/// <summary>What a workload trains.</summary>
/// <param name="Model">The network.</param>
/// <param name="Loss">Its loss.</param>
/// <param name="Optimizer">Its optimizer.</param>
/// <param name="Batches">What it is fed with, endlessly.</param>
/// <param name="Test">What its accuracy is measured on in the end, or null.</param>
sealed record WorkloadParts(Layer Model, Loss Loss, Optimizer Optimizer, IBatchStream Batches, Dataset? Test);
