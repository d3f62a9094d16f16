namespace Hondo.Transfer;

/// <summary>
/// The 1,000 classes of ImageNet's competition (Russakovsky et al. 2015, arXiv:1409.0575): WordNet's sets of synonyms.
/// </summary>
public static class ImageNetClasses
{
    static readonly Lazy<(string Id, string[] Words)[]> All = new(Read);

    /// <summary>A short name for each, in the order of the outputs; no two are the same.</summary>
    public static IReadOnlyList<string> Names => Named.Value;

    /// <summary>
    /// The class of each other name: WordNet's number, <c>n02123159</c>, as ImageNet's folders are called, and every
    /// synonym that means one class only, with blanks or underscores.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Aliases => Others.Value;

    static readonly Lazy<string[]> Named = new(() =>
    {
        // crane is a bird and a machine, maillot a garment and another: the others are known by their first word.
        HashSet<string> twice = [.. All.Value.GroupBy(one => one.Words[0]).Where(same => same.Count() > 1)
            .Select(same => same.Key)];
        return [.. All.Value.Select(one => twice.Contains(one.Words[0]) ? $"{one.Words[0]} ({one.Id})" : one.Words[0])];
    });

    static readonly Lazy<Dictionary<string, string>> Others = new(() =>
    {
        Dictionary<string, string> aliases = new(StringComparer.OrdinalIgnoreCase);
        var meanings = All.Value.SelectMany((one, i) => one.Words.Select(word => (word, i)))
            .ToLookup(pair => pair.word, pair => pair.i, StringComparer.OrdinalIgnoreCase);
        foreach ((int i, (string id, string[] words)) in All.Value.Index())
        {
            aliases[id] = Names[i];
            foreach (string word in words.Where(word => meanings[word].Distinct().Count() == 1))
                aliases[word] = aliases[word.Replace(' ', '_')] = Names[i];
        }
        foreach (string name in Names)
            aliases[name] = name;
        return aliases;
    });

    static (string, string[])[] Read()
    {
        using Stream stream = typeof(ImageNetClasses).Assembly.GetManifestResourceStream("imagenet-classes.txt")!;
        using var lines = new StreamReader(stream);
        List<(string, string[])> all = [];
        while (lines.ReadLine() is { } line)
            all.Add((line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..].Split(", ")));
        return [.. all];
    }
}
