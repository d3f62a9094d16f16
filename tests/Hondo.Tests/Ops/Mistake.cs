namespace Hondo.Tests.Ops;

/// <summary>What can be wrong with a gradient.</summary>
enum Mistake
{
    WrongSign,
    MissingFactor,
    MissingTerm,
    SumInsteadOfMean,
    Transposed,
    ShiftedByOne,
    ForgotOneRow,
    OverwritesInsteadOfAdding,
    NaN,
    SlightlyOff,
}
