using Hondo.Findings;

namespace Hondo.Training;

/// <summary>
/// A loss or a gradient became NaN or infinite. The message says in which step, and in which layer and op it began.
/// </summary>
public sealed class NonFiniteException : Exception
{
    internal NonFiniteException(Finding finding, long step) : base(finding.Message) =>
        (Finding, Step, Layer, Op) = (finding, step, finding.Layer, finding.Op ?? "");

    /// <summary>No place: prefer what the trainer throws.</summary>
    public NonFiniteException() { }

    /// <summary>A message only.</summary>
    public NonFiniteException(string message) : base(message) { }

    /// <summary>A message and its cause.</summary>
    public NonFiniteException(string message, Exception inner) : base(message, inner) { }

    /// <summary>What was found: code, layer, op, sample and remedy; null when made by hand.</summary>
    public Finding? Finding { get; }

    /// <summary>The batch, counted from 1 since training began.</summary>
    public long Step { get; }

    /// <summary>The path of the layer where it began, or null outside layers.</summary>
    public string? Layer { get; }

    /// <summary>The op where it began, or <c>Parameter</c>.</summary>
    public string Op { get; } = "";
}
