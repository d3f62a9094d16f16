namespace Hondo.Data;

/// <summary>
/// A file or a table that cannot be read as data. The message is one line: the file, the place in it, what is wrong
/// there and how to mend it.
/// </summary>
public sealed class DataFormatException : Exception
{
    /// <summary>An error at a place in a file.</summary>
    /// <param name="file">The file's path, or the data set's name.</param>
    /// <param name="place">Where in it: <c>line 12</c>, <c>offset 4</c>, <c>row 7, column "age"</c>; empty for all of
    /// it.</param>
    /// <param name="problem">What is wrong, as a sentence without its full stop.</param>
    /// <param name="mend">How to mend it, as a sentence.</param>
    /// <param name="inner">The error behind it.</param>
    public DataFormatException(string file, string place, string problem, string mend, Exception? inner = null)
        : base($"{file}{(place.Length > 0 ? $", {place}" : "")}: {problem}. {mend}", inner) =>
        (File, Place, Problem, Mend) = (file, place, problem, mend);

    /// <summary>No place: prefer the constructor with one.</summary>
    public DataFormatException() { }

    /// <summary>A message only: prefer the constructor with file and place.</summary>
    public DataFormatException(string message) : base(message) { }

    /// <summary>A message and its cause: prefer the constructor with file and place.</summary>
    public DataFormatException(string message, Exception inner) : base(message, inner) { }

    /// <summary>The file's path, or the data set's name.</summary>
    public string File { get; } = "";

    /// <summary>Where in the file; empty for all of it.</summary>
    public string Place { get; } = "";

    /// <summary>What is wrong.</summary>
    public string Problem { get; } = "";

    /// <summary>How to mend it.</summary>
    public string Mend { get; } = "";
}
