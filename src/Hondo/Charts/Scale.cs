namespace Hondo.Charts;

/// <summary>How the numbers of an axis are laid out.</summary>
public enum Scale
{
    /// <summary>Equal steps are equally long.</summary>
    Linear,

    /// <summary>As <see cref="Linear"/>, with ticks at whole numbers only: epochs, steps, counts.</summary>
    Whole,

    /// <summary>Equal factors are equally long; numbers that are not above 0 have no place.</summary>
    Log,
}
