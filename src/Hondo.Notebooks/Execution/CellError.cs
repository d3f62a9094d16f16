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

/// <summary>A cell failed; the error says where.</summary>
public sealed class CellException : Exception
{
    /// <summary>An error of a cell.</summary>
    public CellException(CellError error) : base(error.Message) => Error = error;

    /// <summary>No place: prefer the constructor with the error.</summary>
    public CellException() : this("A cell failed.") { }

    /// <summary>A message only: prefer the constructor with the error.</summary>
    public CellException(string message) : base(message) => Error = new("Error", message, [message]);

    /// <summary>A message and its cause: prefer the constructor with the error.</summary>
    public CellException(string message, Exception inner) : base(message, inner) =>
        Error = new("Error", message, [message]);

    /// <summary>What happened, and where.</summary>
    public CellError Error { get; }
}
