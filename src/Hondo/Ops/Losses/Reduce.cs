namespace Hondo.Ops;

/// <summary>What becomes of the losses of single rows or numbers.</summary>
public enum Reduce
{
    /// <summary>Their mean: the size of the batch does not change the size of the gradient.</summary>
    Mean,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>They stay as they are.</summary>
    None,
}
