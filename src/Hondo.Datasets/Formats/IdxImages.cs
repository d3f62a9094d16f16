using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Opens labelled images that are kept as pairs of IDX files, as MNIST is.</summary>
public static class IdxImages
{
    static readonly string[] Endings = ["-ubyte", "-ubyte.gz"];

    /// <summary>
    /// Opens a folder with MNIST's four files: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c> and the
    /// same two as <c>t10k-…</c>, each gzipped (<c>.gz</c>) or not, <c>.idx</c> in place of <c>-idx</c> allowed.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">What messages call the data.</param>
    /// <param name="classes">The names of the classes, or null for their numbers.</param>
    /// <exception cref="DataFormatException">A file is missing or wrong, or images and labels differ in count.
    /// </exception>
    public static DataSplits OpenFolder(string folder, string name, IReadOnlyList<string>? classes = null)
    {
        Dataset train = Pair("train", classes), test = Pair("t10k", train.Classes);
        return test.Sample == train.Sample
            ? new(train, Test: test)
            : throw new DataFormatException(folder, "", $"training images are {train.Sample} but test images are "
                + $"{test.Sample}", "Keep the four files of one data set in the folder.");

        Dataset Pair(string part, IReadOnlyList<string>? names) => Open(Need(folder, $"{part}-images", 3),
            Need(folder, $"{part}-labels", 1), $"{name} {(part == "train" ? part : "test")}", names);
    }

    /// <summary>True when the folder has at least one of MNIST's four files.</summary>
    public static bool IsIn(string folder) =>
        Find(folder, "train-images", 3) is not null || Find(folder, "train-labels", 1) is not null
        || Find(folder, "t10k-images", 3) is not null || Find(folder, "t10k-labels", 1) is not null;

    /// <summary>
    /// Opens one file of images; its labels are beside it, under the same name with <c>labels</c> for <c>images</c> and
    /// <c>idx1</c> for <c>idx3</c>.
    /// </summary>
    /// <exception cref="DataFormatException">There are no labels beside it, or a file is wrong.</exception>
    public static Dataset OpenBesideLabels(string imagesPath, string name, IReadOnlyList<string>? classes = null)
    {
        string file = Path.GetFileName(imagesPath);
        string labels = file.Replace("images", "labels").Replace("idx3", "idx1");
        string zipped = labels.EndsWith(".gz", StringComparison.Ordinal) ? labels[..^3] : labels + ".gz";
        string folder = Path.GetDirectoryName(imagesPath) ?? "";
        string? found = labels == file ? null
            : File.Exists(Path.Combine(folder, labels)) ? labels
            : File.Exists(Path.Combine(folder, zipped)) ? zipped : null;
        return found is null
            ? throw new DataFormatException(imagesPath, "", labels == file
                ? "its name does not contain 'images', so the name of its labels is not known"
                : $"its labels are not beside it: neither {labels} nor {zipped} is there",
                "Name the files as MNIST does: train-images-idx3-ubyte and train-labels-idx1-ubyte.")
            : Open(imagesPath, Path.Combine(folder, found), name, classes);
    }

    /// <summary>Opens a file of images and one of labels.</summary>
    /// <exception cref="DataFormatException">A file is wrong, or they differ in count.</exception>
    public static Dataset Open(string imagesPath, string labelsPath, string name,
        IReadOnlyList<string>? classes = null) =>
        Combine(IdxFile.Read(imagesPath), IdxFile.Read(labelsPath), imagesPath, labelsPath, name, classes);

    internal static Dataset Combine(IdxArray images, IdxArray labels, string imagesPath, string labelsPath, string name,
        IReadOnlyList<string>? classes)
    {
        if (labels.Shape.Rank != 1)
            throw new DataFormatException(labelsPath, "offset 3", $"labels have one axis, but this file has "
                + $"{labels.Shape}", "Check that images and labels are not swapped.");
        if (images.Shape.Rank < 2)
            throw new DataFormatException(imagesPath, "offset 3", $"images have three axes, but this file has "
                + $"{images.Shape}", "Check that images and labels are not swapped.");
        if (images.Shape[0] != labels.Shape[0])
            throw new DataFormatException(labelsPath, "offset 4", $"there are {labels.Shape[0]:N0} labels for "
                + $"{images.Shape[0]:N0} images in {Path.GetFileName(imagesPath)}",
                "Take both files from the same set.");
        var numbers = new int[labels.Values.Length];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = labels.Values[i];
        // Greyscale images have no axis for channels; features last needs one.
        Shape sample = images.Shape is [_, var height, var width] ? [height, width, 1] : images.Shape[1..];
        return new(name, new ByteFeatures(images.Values, sample),
            new ClassTargets(numbers, classes ?? Numbered(labels, labelsPath), labelsPath));
    }

    // Labels count up from 0 or 1; one far above the number of classes is damage or a marker such as 255.
    static string[] Numbered(IdxArray labels, string path)
    {
        Span<bool> seen = stackalloc bool[256];
        int kinds = 0, largest = 0;
        for (int i = 0; i < labels.Values.Length; i++)
        {
            ref bool known = ref seen[labels.Values[i]];
            kinds += known ? 0 : 1;
            known = true;
            largest = labels.Values[i] > labels.Values[largest] ? i : largest;
        }
        int highest = labels.Values[largest];
        return highest <= kinds
            ? [.. Enumerable.Range(0, highest + 1).Select(label => $"{label}")]
            : throw new DataFormatException(path, $"offset {8 + largest}", $"the label is {highest}, but only {kinds} "
                + "different labels occur", $"Correct it, or number the classes 0 to {kinds - 1}.");
    }

    static string Need(string folder, string start, int axes) => Find(folder, start, axes)
        ?? throw new DataFormatException(folder, "", $"{start}-idx{axes}-ubyte is missing (with or without .gz)",
            "Put MNIST's four files into the folder.");

    static string? Find(string folder, string start, int axes)
    {
        foreach (string ending in Endings)
            foreach (char mark in "-.")
            {
                string path = Path.Combine(folder, $"{start}{mark}idx{axes}{ending}");
                if (File.Exists(path))
                    return path;
            }
        return null;
    }
}
