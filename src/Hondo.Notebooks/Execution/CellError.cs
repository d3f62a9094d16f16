namespace Hondo.Notebooks;

/// <summary>How a cell failed: not compiled, an exception, an interrupt or the end of the process.</summary>
/// <param name="Name">The exception's type, or <c>CompileError</c>, <c>Interrupted</c>, <c>ProcessEnded</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Trace">Lines for a reader, the place in the cell among them.</param>
/// <param name="Line">The line in the cell, from 1; 0 when it is not known.</param>
public sealed record CellError(string Name, string Message, IReadOnlyList<string> Trace, int Line = 0)
{
    /// <summary>A cell that the compiler refused.</summary>
    public const string NotCompiled = "CompileError";

    /// <summary>A cell that was interrupted.</summary>
    public const string WasInterrupted = "Interrupted";

    /// <summary>A cell with which the process ended.</summary>
    public const string ProcessEnded = "ProcessEnded";
}
