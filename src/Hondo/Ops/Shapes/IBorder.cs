namespace Hondo.Ops;

/// <summary>Where the numbers beyond an axis's ends come from.</summary>
public interface IPaddingMode
{
    /// <summary>The name in summaries and files.</summary>
    static abstract string Name { get; }

    /// <summary>How far an axis of a length can be padded.</summary>
    static abstract int Reach(int length);

    /// <summary>
    /// The index on the axis that stands at <paramref name="i"/>, which may lie beyond the ends; −1 for none.
    /// </summary>
    static abstract int Source(int i, int length);
}
