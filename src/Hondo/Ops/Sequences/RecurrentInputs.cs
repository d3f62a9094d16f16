namespace Hondo.Ops;

/// <summary>Which operands a recurrent op has beside the input and the weights, in this order; and what it gives.
/// </summary>
[Flags]
public enum RecurrentInputs : byte
{
    /// <summary>Only x, weight_ih and weight_hh.</summary>
    None = 0,

    /// <summary>Two biases, of the input's and of the state's gates.</summary>
    Bias = 1,

    /// <summary>The state at the start.</summary>
    State = 2,

    /// <summary>The mask, int32 [batch, time]: where it is 0 the state stays and the output is 0.</summary>
    Mask = 4,

    /// <summary>The steps run from the last to the first.</summary>
    Reversed = 8,

    /// <summary>The result has the state at the end behind its last step.</summary>
    FinalState = 16,
}
