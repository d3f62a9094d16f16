using System.Runtime.ExceptionServices;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Memory for one batch, filled by a worker and read by the training loop.</summary>
sealed class BatchBuffer(int inputs, int targets)
{
    public Block Inputs { get; } = Block.Allocate(checked(inputs * sizeof(float)));

    public Block Targets { get; } = Block.Allocate(checked(targets * sizeof(float)));

    /// <summary>Which batch is in it, or −1.</summary>
    public int Number { get; set; } = -1;

    /// <summary>What went wrong while it was filled.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }
}
