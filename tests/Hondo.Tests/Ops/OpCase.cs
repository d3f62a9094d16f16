using Hondo.Tensors;

namespace Hondo.Tests.Ops;

/// <summary>
/// One op at work: its type's name (and a note), a function that applies it, and inputs to apply it to.
/// </summary>
sealed record OpCase(string Name, Func<IReadOnlyList<Tensor>, Tensor> Apply, params Tensor[] Inputs)
{
    public OpCase(string name, Func<Tensor, Tensor> apply, Tensor x) : this(name, inputs => apply(inputs[0]), x) { }

    public OpCase(string name, Func<Tensor, Tensor, Tensor> apply, Tensor a, Tensor b)
        : this(name, inputs => apply(inputs[0], inputs[1]), a, b) { }

    /// <summary>The name of the op's type: what stands before the note.</summary>
    public string Op => Name.Split(':')[0];

    /// <summary>10⁻⁸ for smooth ops, 10⁻⁶ for others.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Why a NaN may vanish here, or null where it may not.</summary>
    public string? NaNVanishes { get; init; }

    public override string ToString() => Name;
}
