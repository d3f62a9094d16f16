namespace Hondo.Data;

/// <summary>
/// Data by name or path: <c>digits</c> and <c>iris</c> are embedded; <c>mnist</c> and <c>fashion-mnist</c> are looked
/// for on this machine and else downloaded; a path is a CSV file, a text, a folder of class folders with pictures, a
/// folder with MNIST's four IDX files or CIFAR-10's batches, or one IDX file of images beside its labels.
/// </summary>
/// <param name="Name">The data set's name, or the file's without its ending.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="Schema">How rows of a table become numbers, to be kept with the model; null for images.</param>
/// <param name="Notes">What was guessed and is worth telling the user, a sentence each.</param>
public sealed record DataSource(string Name, DataSplits Parts, CsvSchema? Schema, IReadOnlyList<string> Notes)
{
    static readonly string[] TableEndings = [".csv", ".tsv", ".data"], TextEndings = [".txt", ".text", ".md"];

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
        if (data.TextFile is { } file)
            return OpenText(Path.Combine(folder, file), data.Name, options);
        DataSplits parts = data.OpenFolder(folder);
        return new(data.Name, Shared(parts, options), null, []);
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
        string name = Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        if (Directory.Exists(path))
            return OpenFolder(path, name, options);
        if (TableEndings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            return OpenTable(path, name, options);
        if (TextEndings.Contains(Path.GetExtension(path).ToLowerInvariant()))
            return OpenText(path, name, options);
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
            : ImageFolder.IsIn(path) ? ImageFolder.Open(path, name, options.Images, notes)
            : throw new DataFormatException(path, "", "the folder has no folders with pictures, no batches of CIFAR-10 "
                + "and none of MNIST's four IDX files", "Put the pictures of each class (.png, .jpg, .gif, .bmp, "
                + ".webp, .tif) into a folder of its name, or name a CSV file.");
        return new(name, Shared(parts, options), null, notes);
    }

    // A text is cut by position, not by drawing: its parts come ready.
    static DataSource OpenText(string path, string name, DataOptions options) =>
        new(name, TextData.Of(name, Utf8Text.Read(path), options.Text, path), null, []);

    static DataSource OpenTable(string path, string name, DataOptions options)
    {
        CsvTable table = CsvTable.Read(path, options.Csv.Header);
        CsvSchema schema = CsvSchema.Fit(table, options.Csv);
        DataSplits parts = Shared(new(schema.Encode(table, name)), options);
        // The split needs the targets only, so a second one, after filling by the training part, is the same.
        if (schema.Notes.Count > 0 && options.Split is not null)
        {
            int[] rows = [.. Enumerable.Range(0, parts.Train.Count).Select(parts.Train.Row)];
            schema = CsvSchema.Fit(table, options.Csv, rows);
            parts = Shared(new(schema.Encode(table, name)), options);
        }
        return new(name, parts, schema, schema.Notes);
    }

    static DataSplits Shared(DataSplits parts, DataOptions options) =>
        options.Split is { } split ? split.Of(parts, options.Seed) : parts;
}
