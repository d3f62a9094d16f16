using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>Batches without an end.</summary>
interface IBatchStream
{
    /// <summary>The next batch; its tensors are refilled by the one after.</summary>
    (Tensor Inputs, Tensor Targets) Next();
}
