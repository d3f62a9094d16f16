using Microsoft.CodeAnalysis;

namespace Hondo.Notebooks;

/// <summary>
/// What earlier cells left: for each variable and function the class that holds its newest meaning, usings, types and
/// references. A cell's changes are taken over only when it was compiled.
/// </summary>
sealed class CellScope
{
    readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _usings = new(StringComparer.Ordinal);
    readonly HashSet<string> _types = new(StringComparer.Ordinal);

    public CellScope()
    {
        foreach (string line in CellImports.Usings)
            Use(line);
    }

    /// <summary>Assemblies that cells may mention.</summary>
    public List<MetadataReference> References { get; } = [.. CellImports.References()];

    /// <summary>Names that stayed in their cell, and why: for the error of a cell that wants them.</summary>
    public Dictionary<string, string> Stayed { get; } = new(StringComparer.Ordinal);

    /// <summary>The names of variables and functions.</summary>
    public IEnumerable<string> Names => _holders.Keys;

    /// <summary>How deep the namespace of the newest types lies: one deeper after each redefinition.</summary>
    public int Level { get; private set; }

    /// <summary>The namespace of a cell that declares these types and extension methods.</summary>
    public int LevelFor(IEnumerable<string> types) => types.Any(_types.Contains) ? Level + 1 : Level;

    public static string NamespaceAt(int level) => Root + LevelAt(level, '.');

    const string Root = "Cells";

    static string LevelAt(int level, char before) => string.Concat(Enumerable.Range(1, level)
        .Select(i => $"{(i == 1 ? before : '.')}Level__{i}"));

    /// <summary>A file with these usings and, in the namespace of a level, these members.</summary>
    // The usings stand within the outer namespace: so they find namespaces that cells declared, and come after the
    // types of all levels.
    public static string File(string usings, int level, string members) => level == 0
        ? $"namespace {Root} {{ {usings}\n{members} }}"
        : $"namespace {Root} {{ {usings}\nnamespace {LevelAt(level, ' ')} {{ {members} }} }}";

    /// <summary>The using lines for a cell that mentions these names.</summary>
    /// <param name="mentioned">The names.</param>
    /// <param name="own">The usings of the cell.</param>
    /// <param name="types">The types that it declares: an older alias of this name is over.</param>
    public string Prefix(IReadOnlySet<string> mentioned, IEnumerable<string> own, IEnumerable<string> types)
    {
        var all = new Dictionary<string, string>(_usings, StringComparer.Ordinal);
        foreach (string line in own)
            all[KeyOf(line)] = line;
        foreach (string type in types)
            all.Remove(AliasKey(type));
        return string.Concat(all.Values)
            + string.Concat(_holders.Where(one => mentioned.Contains(one.Key)).Select(one => UsingStatic(one.Value)));
    }

    public static string UsingStatic(string holder) => $"using static global::{holder};";

    /// <summary>A using of a cell holds for all after it; an alias may be given anew.</summary>
    public void Use(string line) => _usings[KeyOf(line)] = line;

    public void Hold(string name, string holder)
    {
        _holders[name] = holder;
        Stayed.Remove(name);
    }

    /// <summary>A name that stayed in its cell hides the older one, too.</summary>
    public void Leave(string name, string reason)
    {
        _holders.Remove(name);
        Stayed[name] = reason;
    }

    public void Declare(IReadOnlyList<string> types, int level)
    {
        _types.UnionWith(types);
        foreach (string type in types)
            _usings.Remove(AliasKey(type));
        Level = level;
    }

    static string AliasKey(string name) => $"using {name}";

    static string KeyOf(string line) => line.Contains('=', StringComparison.Ordinal)
        ? line[..line.IndexOf('=', StringComparison.Ordinal)].Trim()
        : line;
}
