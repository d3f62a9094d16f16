namespace Hondo.Data;

/// <summary>The pictures below a folder of class folders, in order of their names.</summary>
sealed class ClassFolders
{
    readonly List<string> _files = [];
    readonly List<int> _labels = [];

    public ClassFolders(string folder, string[] names, ImageOptions options, ICollection<string>? notes)
    {
        IReadOnlyList<string>? classes = options.Classes;
        string ClassOf(string name) => options.Aliases?.GetValueOrDefault(name, name) ?? name;
        Folder = folder;
        PictureTree tree = new(folder);
        string[][] files = [.. names.Select(name => tree.Pictures(Path.Combine(folder, name)))];
        if (classes is not null && names.Where((_, i) => files[i].Length > 0)
            .FirstOrDefault(name => !classes.Contains(ClassOf(name))) is { } stranger)
            throw new DataFormatException(Path.Combine(folder, stranger), "", "the model or the training part has no "
                + $"class '{stranger}'", $"Its classes are {string.Join(", ", classes.Take(20))}.");
        foreach ((string name, string[] pictures) in names.Zip(files))
            if (pictures.Length == 0)
                notes?.Add($"{Path.Combine(folder, name)} has no picture: there is no class '{name}'.");
        int outside = PictureTree.Own(folder).Count();
        if (outside > 0)
            notes?.Add($"{folder}: {outside} {(outside == 1 ? "picture lies beside the class folders and is left out."
                : "pictures lie beside the class folders and are left out.")}");
        foreach (string note in notes is null ? [] : tree.Notes())
            notes?.Add(note);
        Classes = classes ?? [.. names.Where((_, i) => files[i].Length > 0).Select(ClassOf).Distinct()];
        if (notes is not null && classes is null)
            Doubts.OfNames(Path.GetFileName(folder), Classes, notes);
        List<string> order = [.. Classes];
        for (int i = 0; i < names.Length; i++)
        {
            _files.AddRange(files[i]);
            _labels.AddRange(Enumerable.Repeat(order.IndexOf(ClassOf(names[i])), files[i].Length));
        }
        if (_files.Count == 0)
            throw new DataFormatException(folder, "", "there is no picture in its folders",
                "Put the pictures of each class (.png, .jpg, .gif, .bmp, .webp, .tif) into a folder of its name.");
        if (Classes.Count < 2)
            throw new DataFormatException(folder, "", $"there is only one class with pictures, '{Classes[0]}'",
                "A classifier needs two classes or more: a folder for each."
                    + (names.Where((_, i) => files[i].Length > 0).Select(name => Path.Combine(folder, name))
                        .FirstOrDefault(ImageFolder.IsIn) is { } inner
                            ? $" If those are the folders in {inner}, name that one." : ""));
    }

    public string Folder { get; }

    public IReadOnlyList<string> Classes { get; }

    public IReadOnlyList<string> Files => _files;

    public IReadOnlyList<int> Labels => _labels;
}

/// <summary>
/// Which folders are parts (<c>train</c>, <c>Test</c>, <c>validation_set</c>) and which are classes. A folder named as
/// a part is one when it holds folders of pictures and no pictures itself; so a class may be called train.
/// </summary>
sealed record PartFolders(string? Train, string? Dev, string? Test, string[] Classes)
{
    static readonly string[] TrainNames = ["train", "training", "trainset", "trainingset"],
        TestNames = ["test", "testing", "testset", "testingset"],
        DevNames = ["val", "valid", "validation", "dev", "valset", "validset", "validationset", "devset"];

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="notes">Gets what is left out.</param>
    public static PartFolders Of(string folder, ICollection<string>? notes = null)
    {
        string[] folders = PictureTree.Folders(folder);
        string? train = Find(folders, TrainNames), test = Find(folders, TestNames), dev = Find(folders, DevNames);
        string[] others = [.. folders.Where(inner => inner != train && inner != test && inner != dev)];
        bool hasParts = train is not null && HoldsClasses(train)
            && ((test ?? dev) is not null && HoldsClasses((test ?? dev)!) || !others.Any(PictureTree.Any));
        if (!hasParts)
            return new(null, null, null, [.. folders.Select(inner => Path.GetFileName(inner))]);
        foreach (string other in others.Where(PictureTree.Any))
            notes?.Add($"{other} is none of the parts train, val and test, and is left out.");
        return new(Inner(train!, TrainNames), Part(dev, DevNames, notes), Part(test, TestNames, notes), []);
    }

    /// <summary>The part to test on where there is none to train on, as of ImageNet's val alone; or null.</summary>
    public static string? TestAlone(string folder)
    {
        string[] folders = [.. PictureTree.Folders(folder).Where(PictureTree.Any)];
        string? test = Find(folders, TestNames) ?? Find(folders, DevNames);
        return test is not null && HoldsClasses(test)
            && folders.All(inner => IsOne(inner, TestNames) || IsOne(inner, DevNames))
            ? Inner(test, [.. TestNames, .. DevNames]) : null;
    }

    static string? Find(string[] folders, string[] names) => folders.FirstOrDefault(folder => IsOne(folder, names));

    static bool IsOne(string folder, string[] names) => names.Contains(Path.GetFileName(folder).ToLowerInvariant()
        .Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal)
        .Replace(" ", "", StringComparison.Ordinal));

    static bool HoldsClasses(string folder) =>
        !PictureTree.Own(folder).Any() && PictureTree.Folders(folder).Any(PictureTree.Any);

    static string? Part(string? folder, string[] names, ICollection<string>? notes)
    {
        if (folder is null || HoldsClasses(folder))
            return folder is null ? null : Inner(folder, names);
        if (PictureTree.Any(folder))
            notes?.Add($"{folder} has pictures, but no folders that say their classes: it is left out.");
        return null;
    }

    // An unpacked archive often has training_set/training_set/cats.
    static string Inner(string folder, string[] names) =>
        PictureTree.Folders(folder) is [var only] && IsOne(only, names) && HoldsClasses(only) ? only : folder;
}
