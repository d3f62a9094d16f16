namespace Hondo.Storage;

/// <summary>
/// Reads texts that look like the C# that builds a thing, <c>Sequential(Linear(784, 64), Relu(), Linear(64, 10))</c>.
/// Such texts name models, optimizers, schedules and losses in files and on the command line. Reading runs no code:
/// a catalog decides what a name means.
/// </summary>
public static class CallText
{
    /// <summary>How deeply calls and lists may lie in each other.</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads a text.</summary>
    /// <exception cref="CallTextException">It is malformed, or more than <see cref="MaxDepth"/> deep.</exception>
    public static Term Parse(string text) => new CallReader(text).ReadAll();
}
