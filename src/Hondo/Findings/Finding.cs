namespace Hondo.Findings;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Good to know: nothing has to change.</summary>
    Note,

    /// <summary>Learning suffers: do what the remedy says.</summary>
    Warning,

    /// <summary>Training cannot go on.</summary>
    Error,
}

/// <summary>Something noticed about a training, in words: what was measured, by which rule, and what helps.</summary>
/// <param name="Code">The name of the rule, for programs: <c>dead-relus</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Sentence">What was measured, with its numbers and where.</param>
/// <param name="Rule">When this is found.</param>
/// <param name="Remedy">What helps.</param>
public sealed record Finding(string Code, Severity Severity, string Sentence, string Rule, string Remedy)
{
    /// <summary>The path of the layer that it is about, or null.</summary>
    public string? Layer { get; init; }

    /// <summary>The op that it is about, or null.</summary>
    public string? Op { get; init; }

    /// <summary>The row of the data set that it is about, or null.</summary>
    public int? Row { get; init; }

    /// <summary>The sentence as a pattern and what stands in it, for other languages; null of what a callback says.
    /// </summary>
    internal Phrase? Pattern { get; init; }

    /// <summary>The remedy likewise, where it holds numbers; null where it is a text without any.</summary>
    internal Phrase? RemedyPattern { get; init; }

    /// <summary>Sentence and remedy, as progress lines show them.</summary>
    public string Message => Remedy.Length == 0 ? Sentence : $"{Sentence} {Remedy}";
}

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
