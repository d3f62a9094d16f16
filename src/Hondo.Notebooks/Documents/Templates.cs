using System.Reflection;
using Hondo.Data;

namespace Hondo.Notebooks;

/// <summary>The notebooks that a new one can begin with: an empty one, and the lessons and practicals of the course.
/// </summary>
public static class Templates
{
    const string Prefix = "Template.";

    static readonly string[] Resources = Assembly.GetExecutingAssembly().GetManifestResourceNames();

    /// <summary>Their names, the English ones.</summary>
    public static IReadOnlyList<string> Names { get; } = ["empty", .. Files(".en.cs").Order(StringComparer.Ordinal)];

    /// <summary>One, solved.</summary>
    /// <param name="name">Its name in either language.</param>
    /// <param name="isSpanish">The language of its text.</param>
    /// <exception cref="DataFormatException">There is none of this name.</exception>
    public static Notebook Get(string name, bool isSpanish)
    {
        if (name == "empty")
            return PercentText.Parse(isSpanish ? EmptySpanish : EmptyEnglish, name);
        string english = Names.Contains(name) ? name : Names.FirstOrDefault(one => SpanishName(one) == name)
            ?? throw new DataFormatException(name, "", "there is no notebook of this name",
                $"There are {string.Join(", ", Names)}.");
        string resource = Prefix + (isSpanish ? SpanishName(english) + ".es.cs" : english + ".en.cs");
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return PercentText.Parse(reader.ReadToEnd(), resource);
    }

    /// <summary>What a notebook is called in Spanish: a lesson by its number, <c>leccion-05-…</c>, a practical by its
    /// subject.</summary>
    public static string SpanishName(string name) => name.Split('-') is ["lesson", var number, ..]
        ? Files(".es.cs").First(one => one.StartsWith($"leccion-{number}-", StringComparison.Ordinal))
        : name.Replace("practical-", "practica-", StringComparison.Ordinal);

    static IEnumerable<string> Files(string ending) => Resources
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(ending, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^ending.Length]);

    const string EmptyEnglish = """
        // %% [markdown]
        // # Title
        //
        // Text in Markdown.

        // %%
        Tensor x = Tensor.Of([1f, 2f, 3f]);
        x * x

        """;

    const string EmptySpanish = """
        // %% [markdown]
        // # Título
        //
        // Texto en Markdown.

        // %%
        Tensor x = Tensor.Of([1f, 2f, 3f]);
        x * x

        """;
}
