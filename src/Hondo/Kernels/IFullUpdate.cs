namespace Hondo.Kernels;

/// <summary>An update of any number of remembered numbers, as the loop sees it.</summary>
interface IFullUpdate : IUpdate3
{
    /// <summary>How many of a, b and c are in use: known when the loop is compiled.</summary>
    static abstract int States { get; }
}
