using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>y = x: a place where another layer may be put.</summary>
public sealed class Identity : Layer
{
    /// <inheritdoc/>
    protected override Tensor Run(Tensor x) => x;

    /// <inheritdoc/>
    public override string ToString() => "Identity()";
}
