using System.Reflection;
using Hondo.Data;

namespace Hondo.Notebooks;

/// <summary>The notebooks that a new one can begin with: an empty one and the practicals.</summary>
public static class Templates
{
    const string Prefix = "Template.";

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["empty", .. Assembly.GetExecutingAssembly()
        .GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)
            && name.EndsWith(".en.cs", StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^".en.cs".Length]).Order(StringComparer.Ordinal)];

    /// <summary>One, solved.</summary>
    /// <exception cref="DataFormatException">There is none of this name.</exception>
    public static Notebook Get(string name, bool isSpanish)
    {
        if (name == "empty")
            return PercentText.Parse(isSpanish ? EmptySpanish : EmptyEnglish, name);
        if (!Names.Contains(name))
            throw new DataFormatException(name, "", "there is no notebook of this name",
                $"There are {string.Join(", ", Names)}.");
        string resource = Prefix + (isSpanish
            ? name.Replace("practical-", "practica-", StringComparison.Ordinal) + ".es.cs"
            : name + ".en.cs");
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return PercentText.Parse(reader.ReadToEnd(), resource);
    }

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
