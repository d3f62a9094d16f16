namespace Hondo.Notebooks;

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
