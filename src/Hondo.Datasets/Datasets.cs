using System.Globalization;

namespace Hondo.Data;

/// <summary>The data sets that are known by name.</summary>
public static class Datasets
{
    static readonly string[] Digits10 = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    static readonly string[] Clothes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt",
        "Sneaker", "Bag", "Ankle boot"];

    /// <summary>All of them; a new one is one line here.</summary>
    public static IReadOnlyList<NamedDataset> Catalog { get; } =
    [
        new("digits", "5,000 handwritten digits, 28×28, embedded", Digits),
        new("iris", "150 flowers of three kinds, four lengths each, embedded", Iris),
        new("mnist", "70,000 handwritten digits, 28×28", IdxImages.IsIn, Mnist),
        new("fashion-mnist", "70,000 pieces of clothing, 28×28", IdxImages.IsIn, FashionMnist),
        new("cifar10", "60,000 photos of ten kinds, 32×32, in colours", Cifar10.IsIn, Cifar10.OpenFolder),
        new("copy", "random bits to be said again from memory, generated", CopyTask.Copy.Parts),
        new("repeat-copy", "random bits to be said again so many times, generated", CopyTask.RepeatCopy.Parts),
        new("shakespeare", "1,115,394 characters of Shakespeare's plays, a text", "shakespeare.txt"),
        new("quijote", "2,097,623 characters of Don Quijote, a text in Spanish", "quijote.txt"),
    ];

    /// <summary>The data set of a name.</summary>
    /// <exception cref="DataFormatException">There is none; the message has the known and the nearest name.</exception>
    public static NamedDataset Find(string name) =>
        Catalog.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new DataFormatException(name, "", "there is no data set of this name",
            (Spelling.Nearest(name, Catalog.Select(known => known.Name)) is { } near ? $"Did you mean {near}? " : "")
            + $"Known are {string.Join(", ", Catalog.Select(known => known.Name))}, and paths of files and folders.");

    /// <summary>
    /// 5,000 handwritten digits, 28×28 and grey, each with its centre of mass in the middle as in MNIST: 4,000 to train
    /// on and 1,000 to test, 400 and 100 of each digit (from OpenCV's sample sheet, Apache-2.0).
    /// </summary>
    public static DataSplits Digits() => new(EmbeddedDigits("train"), Test: EmbeddedDigits("test"));

    /// <summary>
    /// Fisher's 150 irises: length and width of sepals and petals in cm, 50 flowers of each of three species (Fisher
    /// 1936, "The use of multiple measurements in taxonomic problems").
    /// </summary>
    public static DataSplits Iris()
    {
        using var lines = new StreamReader(Embedded("iris.csv"));
        string[] names = lines.ReadLine()!.Split(',')[..4];
        List<float> values = [];
        List<int> labels = [];
        List<string> classes = [];
        while (lines.ReadLine() is { } line)
        {
            string[] words = line.Split(',');
            values.AddRange(words[..4].Select(word => float.Parse(word, CultureInfo.InvariantCulture)));
            if (!classes.Contains(words[4]))
                classes.Add(words[4]);
            labels.Add(classes.IndexOf(words[4]));
        }
        return new(new("iris", new FloatFeatures([.. values], [4], names), new ClassTargets([.. labels], classes)));
    }

    /// <summary>MNIST from a folder with its four files: 60,000 digits to train on and 10,000 to test.</summary>
    /// <exception cref="DataFormatException">A file is missing or damaged.</exception>
    public static DataSplits Mnist(string folder) => IdxImages.OpenFolder(folder, "mnist", Digits10);

    /// <summary>Fashion-MNIST from a folder with its four files (Xiao, Rasul, Vollgraf 2017, arXiv:1708.07747).
    /// </summary>
    /// <exception cref="DataFormatException">A file is missing or damaged.</exception>
    public static DataSplits FashionMnist(string folder) => IdxImages.OpenFolder(folder, "fashion-mnist", Clothes);

    static Dataset EmbeddedDigits(string part)
    {
        string images = $"digits-{part}-images.gz", labels = $"digits-{part}-labels.gz";
        using Stream imageBytes = Embedded(images), labelBytes = Embedded(labels);
        return IdxImages.Combine(IdxFile.Read(imageBytes, images), IdxFile.Read(labelBytes, labels), images, labels,
            $"digits {part}", Digits10);
    }

    static Stream Embedded(string file) => typeof(Datasets).Assembly.GetManifestResourceStream($"Hondo.Data.{file}")!;
}

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
    public DataSplits Open() => IsEmbedded ? _open("") : OpenFolder(Found);

    /// <summary>The whole text of a set that is one.</summary>
    /// <exception cref="DataFormatException">It is no text, not on this machine, or not UTF-8.</exception>
    public string ReadText() => TextFile is { } file ? Utf8Text.Read(Path.Combine(Found, file))
        : throw new DataFormatException(Name, "", "it is no text", "Open it with Datasets.Find(..).Open().");

    /// <summary>Opens it from its files in a folder.</summary>
    /// <exception cref="DataFormatException">A file is missing or damaged.</exception>
    public DataSplits OpenFolder(string folder) => _open(folder);

    /// <summary>The folder that has it, or null.</summary>
    public string? Folder => _isIn is null ? null : DataFolders.Of(Place).FirstOrDefault(_isIn);

    string Found => Folder ?? throw new DataFormatException(Name, "",
        "the data is not on this machine; it was looked for in " + string.Join(", ", DataFolders.Of(Place)),
        $"Get it with './hondo data get {Name}', or point HONDO_DATA to the folder above it.");
}
