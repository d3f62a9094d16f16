using Hondo.Tests.Ops.Cases;

namespace Hondo.Tests.Ops;

/// <summary>One line for every op: what is checked of all of them is in <see cref="EveryOp"/>.</summary>
static class OpCases
{
    public static IReadOnlyList<OpCase> All { get; } =
    [
        .. ElementwiseCases.Activations, .. ElementwiseCases.Functions, .. ElementwiseCases.Arithmetic,
        .. ReductionCases.All, .. MatrixCases.All, .. LossCases.Classes, .. LossCases.Numbers,
        .. ShapeCases.Shapes, .. ShapeCases.Indexing, .. PoolingCases.All, .. NormCases.All, .. ConvolutionCases.All,
        .. SequenceCases.All, .. AttentionCases.All, .. LinearAlgebraCases.All,
    ];
}
