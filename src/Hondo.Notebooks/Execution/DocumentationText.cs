using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Hondo.Notebooks;

/// <summary>The summary of a type or member, from the documentation file beside its assembly.</summary>
static partial class DocumentationText
{
    static readonly Dictionary<string, Dictionary<string, string>> Files = new(StringComparer.Ordinal);

    /// <summary>The text, or empty.</summary>
    public static string Of(ISymbol symbol)
    {
        string assembly = symbol.ContainingAssembly?.Name ?? "";
        if (symbol.OriginalDefinition.GetDocumentationCommentId() is not { } id || assembly.Length == 0)
            return "";
        if (!Files.TryGetValue(assembly, out Dictionary<string, string>? texts))
            Files[assembly] = texts = Read(Path.Combine(AppContext.BaseDirectory, assembly + ".xml"));
        return texts.GetValueOrDefault(id, "");
    }

    static Dictionary<string, string> Read(string file)
    {
        if (!File.Exists(file))
            return [];
        try
        {
            return XDocument.Load(file).Descendants("member").DistinctBy(one => one.Attribute("name")?.Value)
                .ToDictionary(one => one.Attribute("name")?.Value ?? "", one => Plain(one.Element("summary")));
        }
        catch (XmlException)
        {
            return [];
        }
    }

    // <see cref="T:Hondo.Tensors.Tensor"/> is read as Tensor.
    static string Plain(XElement? summary)
    {
        if (summary is null)
            return "";
        foreach (XElement see in summary.Descendants().Where(one => one.Attribute("cref") is not null).ToArray())
            see.ReplaceWith(see.Value.Length > 0 ? see.Value
                : see.Attribute("cref")!.Value.Split('(')[0].Split('.')[^1]);
        return Spaces().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
