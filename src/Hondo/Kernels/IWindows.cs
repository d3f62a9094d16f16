namespace Hondo.Kernels;

/// <summary>How the windows of neighbouring targets lie.</summary>
interface IWindows
{
    /// <summary>The next window begins at this one's second source.</summary>
    static abstract bool Overlap { get; }

    /// <summary>Some sources, or some of the targets, do not exist.</summary>
    static abstract bool IsEdge { get; }
}

readonly struct InnerWindows : IWindows
{
    public static bool Overlap => true;

    public static bool IsEdge => false;
}

readonly struct EdgeWindows : IWindows
{
    public static bool Overlap => true;

    public static bool IsEdge => true;
}

readonly struct InnerWindowsApart : IWindows
{
    public static bool Overlap => false;

    public static bool IsEdge => false;
}

readonly struct EdgeWindowsApart : IWindows
{
    public static bool Overlap => false;

    public static bool IsEdge => true;
}
