using Hondo.Phrases;

namespace Hondo.Training;

/// <summary>
/// A rule of the diagnosis: what it finds, when, and what helps. <see cref="DiagnosisRules"/> has all.
/// </summary>
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
        Found(sentence.English, sentence.Spanish, layer);

    /// <summary>A finding by this rule, said in both languages; without Spanish when that is null.</summary>
    internal Finding Found(string sentence, string? spanish, string? layer = null) =>
        new(Code, Severity, sentence, Rule, Remedy)
        {
            Layer = layer,
            Spanish = spanish is null || SpanishRules.Of(Code) is not { } texts ? null
                : new(spanish, texts.Rule, texts.Remedy),
        };
}
