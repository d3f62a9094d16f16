namespace Hondo.Data;

/// <summary>A data set that is known by its name.</summary>
public sealed class NamedDataset
{
    readonly Func<string, DataSplits> _open;
    readonly Func<string, bool>? _isIn;

    /// <summary>A data set of the library.</summary>
    internal NamedDataset(string name, string summary, Func<DataSplits> open) =>
        (Name, Summary, Place, _open) = (name, summary, name, _ => open());

    /// <summary>A data set of files.</summary>
    internal NamedDataset(string name, string summary, Func<string, bool> isIn, Func<string, DataSplits> open) =>
        (Name, Summary, Place, _isIn, _open) = (name, summary, name, isIn, open);

    /// <summary>A text, in the folder <c>text</c> of the data's folders.</summary>
    internal NamedDataset(string name, string summary, string textFile) : this(name, summary,
        folder => File.Exists(Path.Combine(folder, textFile)),
        folder => TextData.Read(Path.Combine(folder, textFile))) => (TextFile, Place) = (textFile, "text");

    /// <summary>Its name: <c>digits</c>, <c>fashion-mnist</c>.</summary>
    public string Name { get; }

    /// <summary>What it is, on one line.</summary>
    public string Summary { get; }

    /// <summary>True when it is part of the library and needs no file.</summary>
    public bool IsEmbedded => _isIn is null;

    /// <summary>The file's name when it is a text, else null.</summary>
    public string? TextFile { get; }

    /// <summary>The name of its folder within the folders of data.</summary>
    public string Place { get; }

    /// <summary>
    /// Opens it: from the library, or from the first of <see cref="DataFolders.Of"/> that has its files.
    /// </summary>
    /// <exception cref="DataFormatException">It is in none of them, or a file is damaged.</exception>
    public DataSplits Open() => IsEmbedded ? _open("") : Folder is { } folder
        ? OpenFolder(folder)
        : throw new DataFormatException(Name, "", "the data is not on this machine; it was looked for in "
            + string.Join(", ", DataFolders.Of(Place)),
            $"Get it with './hondo data get {Name}', or point HONDO_DATA to the folder above it.");

    /// <summary>Opens it from its files in a folder.</summary>
    /// <exception cref="DataFormatException">A file is missing or damaged.</exception>
    public DataSplits OpenFolder(string folder) => _open(folder);

    /// <summary>The folder that has it, or null.</summary>
    public string? Folder => _isIn is null ? null : DataFolders.Of(Place).FirstOrDefault(_isIn);
}
