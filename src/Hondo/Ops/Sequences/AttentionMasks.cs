namespace Hondo.Ops;

/// <summary>What attention hides from its queries.</summary>
[Flags]
public enum AttentionMasks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>What follows: query i sees keys up to i, the last query the last key.</summary>
    Causal = 1,

    /// <summary>Steps that an int32 [batch, keys] marks with 0, such as the padding of short sequences.</summary>
    Padding = 2,
}
