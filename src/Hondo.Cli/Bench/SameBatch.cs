using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>One batch again and again.</summary>
sealed class SameBatch(Tensor inputs, Tensor targets) : IBatchStream
{
    public (Tensor Inputs, Tensor Targets) Next() => (inputs, targets);
}
