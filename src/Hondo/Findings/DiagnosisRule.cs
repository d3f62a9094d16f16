namespace Hondo.Findings;

/// <summary>A rule by which something is noticed about a training: what it finds, when, and what helps.</summary>
/// <param name="Code">Its name: <c>dead-relus</c>.</param>
/// <param name="Severity">How much its findings matter.</param>
/// <param name="Rule">When it finds something.</param>
/// <param name="Remedy">What helps.</param>
public sealed record DiagnosisRule(string Code, Severity Severity, string Rule, string Remedy)
{
    /// <summary>A finding by this rule.</summary>
    /// <param name="sentence">What was measured, with its numbers and where.</param>
    /// <param name="layer">The path of the layer that it is about, or null.</param>
    internal Finding Found(Phrase sentence, string? layer = null) =>
        new(Code, Severity, sentence.English, Rule, Remedy) { Layer = layer, Pattern = sentence };
}
