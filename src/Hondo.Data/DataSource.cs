using System.Globalization;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Data by name or path: <c>digits</c> and <c>iris</c> are embedded; <c>mnist</c> and <c>fashion-mnist</c> are looked
/// for on this machine and else downloaded; a path is a CSV file, a text, a folder of class folders with pictures, one
/// of pictures and masks, one with MNIST's four IDX files or CIFAR-10's batches, or one IDX file of images beside its
/// labels.
/// </summary>
/// <param name="Name">The data set's name, or the file's without its ending.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="Schema">How rows of a table become numbers, to be kept with the model; null for images.</param>
/// <param name="Notes">What was guessed and is worth telling the user, a sentence each.</param>
public sealed record DataSource(string Name, DataSplits Parts, CsvSchema? Schema, IReadOnlyList<string> Notes)
{
    const int MostNames = 12;

    static readonly string[] TableEndings = [".csv", ".tsv", ".data", ".csv.gz", ".tsv.gz", ".data.gz"],
        TextEndings = [".txt", ".text", ".md"];

    /// <summary>What was guessed of a table, what is taken for a text, or which pictures and classes were found, in one
    /// line; empty for other data.</summary>
    public string Summary => Schema?.Summary ?? Found;

    string Found { get; init; } = "";

    /// <summary>True when the data is a folder of pictures.</summary>
    public bool IsPictures { get; private init; }

    // What a table was read into, until it is divided.
    OpenTable? Table { get; init; }

    /// <summary>The same data, divided into training, choosing and testing. A table is not read again.</summary>
    /// <param name="split">The shares.</param>
    /// <param name="seed">What the choice of rows depends on.</param>
    /// <exception cref="DataFormatException">A part would be empty.</exception>
    public DataSource Divided(Split split, ulong seed) => Table is { } table ? table.Divided(this, split, seed)
        : this with { Parts = split.Of(Parts, seed) };

    /// <summary>Opens data by name or path.</summary>
    /// <exception cref="DataFormatException">There is no such data, or it cannot be read; the message says where and
    /// how to mend it.</exception>
    /// <exception cref="DownloadException">It is not on this machine and cannot be downloaded.</exception>
    public static async Task<DataSource> OpenAsync(string nameOrPath, DataOptions? options = null,
        CancellationToken cancellation = default)
    {
        options ??= new();
        bool isPath = File.Exists(nameOrPath) || Directory.Exists(nameOrPath);
        bool isKnown = Datasets.Catalog.Any(known =>
            string.Equals(known.Name, nameOrPath, StringComparison.OrdinalIgnoreCase));
        if (isPath && !isKnown)
            return OpenPath(nameOrPath, options);
        if (!isKnown && (nameOrPath.AsSpan().ContainsAny('/', '\\') || Path.HasExtension(nameOrPath)))
            throw new DataFormatException(nameOrPath, "", "there is no such file or folder",
                $"Check the path, or name a data set: {Names}.");
        NamedDataset data = Datasets.Find(nameOrPath);
        string folder = data.IsEmbedded ? ""
            : data.Folder ?? await FetchAsync(data, options, cancellation).ConfigureAwait(false);
        string[] notes = !isPath ? [] : [$"{data.Name} is the built-in data set, not "
            + $"the {(Directory.Exists(nameOrPath) ? "folder" : "file")} of that name here: for that, write "
            + $".{Path.DirectorySeparatorChar}{nameOrPath}"];
        if (data.TextFile is { } file)
        {
            DataSource text = OpenText(Path.Combine(folder, file), data.Name, options);
            return text with { Notes = [.. notes, .. text.Notes] };
        }
        return new(data.Name, Shared(data.OpenFolder(folder), options), null, notes);
    }

    /// <summary>Opens data by name or path, and waits for it.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static DataSource Open(string nameOrPath, DataOptions? options = null) =>
        OpenAsync(nameOrPath, options).GetAwaiter().GetResult();

    static string Names => string.Join(", ", Datasets.Catalog.Select(data => data.Name));

    static async Task<string> FetchAsync(NamedDataset data, DataOptions options,
        CancellationToken cancellation)
    {
        RemoteDataset remote = RemoteDatasets.Find(data.Name)
            ?? throw new DataFormatException(data.Name, "", "the data is not on this machine and has no mirror",
                "Put its files into " + DataFolders.Of(data.Place)[0] + ".");
        string folder = Path.Combine(DataFolders.Cache, data.Place);
        return await remote.FetchAsync(folder, options.Download, options.Progress, cancellation).ConfigureAwait(false);
    }

    static DataSource OpenPath(string path, DataOptions options)
    {
        string file = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string name = Path.GetFileNameWithoutExtension(CsvText.IsZipped(file) ? file[..^3] : file);
        if (Directory.Exists(path))
            return OpenFolder(path, name, options);
        bool isText = TextEndings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        if (TableEndings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || isText && (options.Csv != new CsvOptions() || options.MayBeTable && TableText.IsTable(path)))
            return OpenTable.Of(path, name, options, isText);
        if (isText)
            return OpenText(path, name, options, file);
        if (Path.GetFileName(path).Contains("idx", StringComparison.OrdinalIgnoreCase))
            return new(name, Shared(new(IdxImages.OpenBesideLabels(path, name)), options), null, []);
        throw new DataFormatException(path, "", "what kind of data this is cannot be told from its name",
            "Name a .csv or .txt file, an IDX file of images (…idx3-ubyte), or a folder of pictures.");
    }

    static DataSource OpenFolder(string path, string name, DataOptions options)
    {
        List<string> notes = [];
        DataSplits parts = IdxImages.IsIn(path) ? IdxImages.OpenFolder(path, name)
            : Cifar10.IsIn(path) ? Cifar10.OpenFolder(path)
            : MaskFolder.IsIn(path) ? MaskFolder.Open(path, name, options.Images, notes)
            : ImageFolder.IsIn(path) ? ImageFolder.Open(path, name, options.Images, notes)
            : throw new DataFormatException(path, "", "the folder has no folders with pictures, no batches of CIFAR-10 "
                + "and none of MNIST's four IDX files", "Put the pictures of each class (.png, .jpg, .gif, .bmp, "
                + ".webp, .tif) into a folder of its name, or name a CSV file.");
        bool isPictures = !IdxImages.IsIn(path) && !Cifar10.IsIn(path);
        return new(name, Shared(parts, options), null, notes)
        {
            IsPictures = isPictures,
            Found = isPictures ? PicturesFound(name, parts) : "",
        };
    }

    static string PicturesFound(string name, DataSplits parts)
    {
        IReadOnlyList<string> classes = parts.Train.Classes;
        int count = parts.Train.Count + (parts.Dev?.Count ?? 0) + (parts.Test?.Count ?? 0);
        Shape size = parts.Train.Sample;
        return string.Create(CultureInfo.InvariantCulture, $"{name}: {count:N0} pictures, {size[0]}×{size[1]} ")
            + (size[2] == 1 ? "in grey" : "in colour")
            + (parts.Test is null ? "" : string.Create(CultureInfo.InvariantCulture,
                $" ({parts.Train.Count:N0} to train, {count - parts.Train.Count:N0} to measure)"))
            + $"; {classes.Count} classes: {string.Join(", ", classes.Take(MostNames))}"
            + (classes.Count > MostNames ? " …" : "");
    }

    // A text is cut by position, not by drawing: its parts come ready.
    static DataSource OpenText(string path, string name, DataOptions options, string file = "")
    {
        string text = Utf8Text.Read(path);
        int lines = text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);
        return new(name, TextData.Of(name, text, options.Text, path), null, [])
        {
            // A built-in text needs no telling.
            Found = file.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"{file}: a text of {text.Length:N0} characters in {lines:N0} {(lines == 1 ? "line" : "lines")}"),
        };
    }

    internal static DataSource OfTable(string name, OpenTable table, Dataset data, IReadOnlyList<string> notes) =>
        new(name, new(data), table.Schema, notes) { Table = table };

    static DataSplits Shared(DataSplits parts, DataOptions options) =>
        options.Split is { } split ? split.Of(parts, options.Seed) : parts;
}
