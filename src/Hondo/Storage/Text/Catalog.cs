namespace Hondo.Storage;

/// <summary>
/// The things of one kind that have a name: what a text may build. A name maps to a line of code, so that no type
/// name ever comes out of a file.
/// </summary>
/// <typeparam name="T">The kind of thing.</typeparam>
/// <param name="kind">What a thing is called in errors: <c>layer</c>.</param>
/// <param name="lines">One line for each name.</param>
public sealed class Catalog<T>(string kind, IReadOnlyList<CatalogLine<T>> lines)
{
    /// <summary>What a thing is called in errors: <c>layer</c>.</summary>
    public string Kind => kind;

    /// <summary>What each name takes, for help.</summary>
    public IEnumerable<Signature> Signatures => lines.Select(line => line.Signature);

    /// <summary>The thing that a text describes; case and hyphens of names do not matter.</summary>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public T Parse(string text) => Build(CallText.Parse(text));

    /// <summary>The thing that a term describes.</summary>
    /// <exception cref="CallTextException">A name or argument is not known.</exception>
    public T Build(Term term) => Find(term).Build(term);

    /// <summary>True when a term is a call of a name in this catalog; whether case matters is for the caller to say.
    /// </summary>
    public bool Knows(Term term, StringComparison comparison = StringComparison.OrdinalIgnoreCase) =>
        NameOf(term) is { } name && lines.Any(line => Plain(line.Signature.Name).Equals(Plain(name), comparison));

    static string? NameOf(Term term) => term is Term.Call call ? call.Name : (term as Term.Word)?.Name;

    CatalogLine<T> Find(Term term)
    {
        string name = NameOf(term) ?? throw (term switch
        {
            Term.Choice => term.Error($"A set of alternatives stands where one {kind} is needed. Only the tuner "
                + "reads alternatives."),
            _ => term.Error($"There is {term} where the {kind} is expected."),
        });
        return lines.FirstOrDefault(line => AreSame(line.Signature.Name, name))
            ?? throw term.Error($"There is no {kind} '{name}'.{Advice(name)}");
    }

    static bool AreSame(string a, string b) => Plain(a).Equals(Plain(b), StringComparison.OrdinalIgnoreCase);

    static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);

    string Advice(string name) => KnownNames.Advice(name, Names) is { Length: > 0 } advice
        ? advice
        : $" Known are {string.Join(", ", Names)}.";

    IEnumerable<string> Names => lines.Select(line => line.Signature.Name);
}
