using System.Text.Json;

namespace Hondo.Localization;

/// <summary>A finding's texts in another language.</summary>
/// <param name="Sentence">What was measured, with its numbers and where.</param>
/// <param name="Rule">When this is found.</param>
/// <param name="Remedy">What helps.</param>
public sealed record FindingText(string Sentence, string Rule, string Remedy)
{
    /// <summary>Sentence and remedy, as progress lines show them.</summary>
    public string Message => Remedy.Length == 0 ? Sentence : $"{Sentence} {Remedy}";
}

/// <summary>Findings in other languages than English.</summary>
public static class FindingTexts
{
    extension(Finding finding)
    {
        /// <summary>The same in Spanish, with the same numbers; null of what a callback says.</summary>
        public FindingText? Spanish
        {
            get
            {
                (string Rule, string Remedy)? texts = SpanishRules.Of(finding.Code);
                string? rule = SpanishPhrases.Of(finding.Rule) ?? texts?.Rule;
                string? remedy = finding.RemedyPattern is { } pattern ? SpanishPhrases.Of(pattern) : texts?.Remedy;
                return finding.Pattern is { } said && SpanishPhrases.Of(said) is { } sentence && rule is not null
                    && remedy is not null ? new(sentence, rule, remedy) : null;
            }
        }

        /// <summary>Writes the finding's properties into an open JSON object, in English and, as <c>es</c>, in Spanish.
        /// </summary>
        public void WriteInAllLanguages(Utf8JsonWriter json)
        {
            finding.WriteTo(json);
            if (finding.Spanish is not { } spanish)
                return;
            json.WriteStartObject("es");
            json.WriteString("sentence", spanish.Sentence);
            json.WriteString("rule", spanish.Rule);
            json.WriteString("remedy", spanish.Remedy);
            json.WriteEndObject();
        }
    }
}
