namespace Hondo.Data;

/// <summary>The picture files below a folder of class folders, in order of their names.</summary>
sealed class ClassFolders
{
    readonly List<string> _files = [];
    readonly List<int> _labels = [];

    public ClassFolders(string folder, IReadOnlyList<string>? classes, ICollection<string>? notes)
    {
        Folder = folder;
        string[] names = [.. Directory.EnumerateDirectories(folder).Select(inner => Path.GetFileName(inner))
            .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];
        if (classes is not null && names.FirstOrDefault(name => !classes.Contains(name)) is { } stranger)
            throw new DataFormatException(Path.Combine(folder, stranger), "", "the model or the training part has no "
                + $"class '{stranger}'", $"Its classes are {string.Join(", ", classes.Take(20))}.");
        string[][] files = [.. names.Select(name => Pictures(Path.Combine(folder, name))
            .Order(StringComparer.Ordinal).ToArray())];
        foreach ((string name, string[] pictures) in names.Zip(files))
            if (pictures.Length == 0)
                notes?.Add($"{Path.Combine(folder, name)} has no .png or .jpg file: there is no class '{name}'.");
        Classes = classes ?? [.. names.Where((_, i) => files[i].Length > 0)];
        List<string> order = [.. Classes];
        for (int i = 0; i < names.Length; i++)
        {
            _files.AddRange(files[i]);
            _labels.AddRange(Enumerable.Repeat(order.IndexOf(names[i]), files[i].Length));
        }
        if (_files.Count == 0)
            throw new DataFormatException(folder, "", "there is no .png or .jpg file in its folders",
                "Put the pictures of each class into a folder of its name.");
        if (Classes.Count < 2)
            throw new DataFormatException(folder, "", $"there is only one class with pictures, '{Classes[0]}'",
                "A classifier needs two classes or more: a folder for each.");
    }

    public string Folder { get; }

    public IReadOnlyList<string> Classes { get; }

    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<int> Labels => _labels;

    /// <summary>The pictures in a folder and below it.</summary>
    public static IEnumerable<string> Pictures(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(ImageFile.IsNamedLikeOne);
}
