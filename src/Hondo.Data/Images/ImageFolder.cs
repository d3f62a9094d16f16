using System.Collections.Concurrent;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Reads pictures from folders named by their classes, <c>cats/tom.png</c>: either these folders side by side, or below
/// <c>train</c> and <c>test</c> or <c>val</c> in any capitals, as ImageNet is kept. Pictures become one size and are
/// decoded when they are needed.
/// </summary>
public static class ImageFolder
{
    const int SmallSide = 64;
    const int MostNamed = 10;

    // Without a limit the pool adds threads for as long as files are slow: a hundred on a busy machine, each with
    // memory for its picture.
    static readonly ParallelOptions Cores = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };

    /// <summary>True when the folder has folders with pictures, or parts with such folders.</summary>
    public static bool IsIn(string folder) => PictureTree.Folders(folder).Any(PictureTree.Any);

    /// <summary>The part of a folder that networks are judged by: <c>test</c>, else <c>val</c>, else all of it. So the
    /// training part of a large set need not be looked at.</summary>
    public static string TestPart(string folder)
    {
        PartFolders parts = PartFolders.Of(folder);
        return parts.Test ?? parts.Dev ?? PartFolders.TestAlone(folder) ?? folder;
    }

    /// <summary>Reads the pictures.</summary>
    /// <param name="folder">The folder above those of the classes, or above <c>train</c> and <c>test</c>.</param>
    /// <param name="name">What messages call the data.</param>
    /// <param name="options">What the pictures become.</param>
    /// <param name="notes">Gets what was guessed and left out and is worth telling, a sentence each.</param>
    /// <exception cref="DataFormatException">There are fewer than two classes with pictures, or pictures cannot be
    /// read.</exception>
    public static DataSplits Open(string folder, string name, ImageOptions? options = null,
        ICollection<string>? notes = null)
    {
        options ??= new();
        PartFolders parts = PartFolders.Of(folder, notes);
        if (parts.Train is not { } trainFolder)
            return new(Read(new(folder, parts.Classes, options, notes), name, options, notes));
        Dataset train = Read(Classes(trainFolder), $"{name} train", options, notes);
        options = options with
        {
            Height = train.Sample[0],
            Width = train.Sample[1],
            Channels = train.Sample[2],
            Classes = train.Classes,
            CacheBytes = Math.Max(0, options.CacheBytes - (long)train.Count * train.Sample.Size),
        };
        Dataset? Other(string? part, string title) =>
            part is null ? null : Read(Classes(part), $"{name} {title}", options, notes);
        ClassFolders Classes(string part) => new(part, [.. PictureTree.Folders(part).Select(
            inner => Path.GetFileName(inner))], options, notes);
        // Alone, what is called val is what ImageNet's networks are judged by.
        return parts.Test is null ? new(train, Test: Other(parts.Dev, "val"))
            : new(train, Other(parts.Dev, "dev"), Other(parts.Test, "test"));
    }

    static Dataset Read(ClassFolders folders, string name, ImageOptions options, ICollection<string>? notes)
    {
        ImageEntry[] files = LookAt(folders);
        (int height, int width) = SizeOf(files, options);
        int channels = options.Channels ?? (files.All(file => file.Header.IsGrey) ? 1 : 3);
        CheckMemory(folders, height, width);
        var reader = new PictureReader(files, [height, width, channels], options);
        // All broken files are named at once when decoding all costs nothing: they are kept for training.
        long all = reader.Bytes * files.Length;
        if (all <= options.CacheBytes)
            DecodeAll(folders, reader);
        else
            notes?.Add($"{name}: {files.Length} pictures of {height}×{width} need {Mebibytes(all)} MiB decoded, "
                + $"and {Mebibytes(options.CacheBytes)} MiB are kept: the others are decoded in each epoch. "
                + "--cache sets how much is kept.");
        if (options.Height is null && options.Width is null)
            TellSize(files, height, width, name, notes);
        return new(name, new ReaderFeatures(reader), new ClassTargets([.. folders.Labels], folders.Classes, name));
    }

    static long Mebibytes(long bytes) => (bytes + (1 << 20) - 1) >> 20;

    internal static (int Height, int Width) SizeOf(ImageEntry[] files, ImageOptions options)
    {
        if ((options.Height ?? options.Width) is { } side)
            return (options.Height ?? side, options.Width ?? side);
        int height = Median(file => file.Header.Height), width = Median(file => file.Header.Width);
        return Math.Max(height, width) <= SmallSide ? (height, width) : (SmallSide, SmallSide);

        int Median(Func<ImageEntry, int> size) =>
            files.Select(size).Order().ElementAt((files.Length - 1) / 2);
    }

    static void TellSize(ImageEntry[] files, int height, int width, string name, ICollection<string>? notes)
    {
        int others = files.Count(file => (file.Header.Height, file.Header.Width) != (height, width));
        if (others > 0)
            notes?.Add($"{name}: pictures become {height}×{width}; {others} of {files.Length} have another size. "
                + "--size sets it.");
    }

    static void CheckMemory(ClassFolders folders, int height, int width)
    {
        if ((long)height * width > Image.MostPixels)
            throw new DataFormatException(folders.Folder, "", $"pictures of {height}×{width} were asked for, and at "
                + $"most {Image.MostText} can be", "Choose a smaller size.");
    }

    static ImageEntry[] LookAt(ClassFolders folders)
    {
        var entries = new ImageEntry[folders.Files.Count];
        ConcurrentDictionary<int, DataFormatException> problems = [];
        Each(folders.Files, problems, row => entries[row] = ImageEntry.Of(folders.Files[row]));
        // When some are broken, those whose headers are whole are decoded too, so that all are named.
        if (!problems.IsEmpty)
            Each(folders.Files, problems, row => ImageFile.Read(folders.Files[row]));
        Refuse(folders.Folder, folders.Files, problems);
        return entries;
    }

    static void DecodeAll(ClassFolders folders, PictureReader reader) =>
        Each(folders.Folder, folders.Files, row => reader.Bring(row));

    /// <summary>Does something with each file, several at a time.</summary>
    /// <exception cref="DataFormatException">Files cannot be read: all of them are named.</exception>
    internal static void Each(string folder, IReadOnlyList<string> files, Action<int> act)
    {
        ConcurrentDictionary<int, DataFormatException> problems = [];
        Each(files, problems, act);
        Refuse(folder, files, problems);
    }

    static void Each(IReadOnlyList<string> files, ConcurrentDictionary<int, DataFormatException> problems,
        Action<int> act) => Parallel.For(0, files.Count, Cores, row =>
    {
        try
        {
            if (!problems.ContainsKey(row))
                act(row);
        }
        catch (DataFormatException problem)
        {
            problems[row] = problem;
        }
        // Taken away or locked since the folder was listed: one more file that cannot be read.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems[row] = new(files[row], "", error.Message.TrimEnd('.'), "Check the file.");
        }
    });

    // All that cannot be read are named, whichever is met first.
    static void Refuse(string folder, IReadOnlyList<string> files,
        ConcurrentDictionary<int, DataFormatException> problems)
    {
        DataFormatException[] found = [.. problems.OrderBy(problem => problem.Key).Select(problem => problem.Value)];
        if (found is [var only])
            throw only;
        if (found.Length == 0)
            return;
        string named = string.Join(", ", found.Take(MostNamed).Select(problem =>
            $"{Path.GetRelativePath(folder, problem.File)} ({problem.Problem})"));
        throw new DataFormatException(folder, "",
            $"{found.Length} of its {files.Count} pictures cannot "
            + $"be read: {named}" + (found.Length > MostNamed ? $" and {found.Length - MostNamed} more" : ""),
            "Fetch them again, or take them away.", found[0]);
    }

    /// <summary>A picture as a sample of some shape, for a model that was trained on such samples.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="sample">Height, width and channels.</param>
    /// <param name="crop">The share of the shorter side that is shown, above 0 to 1.</param>
    public static Features Sample(Image image, Shape sample, double crop = 1)
    {
        Image sized = Sized(image, sample, crop);
        return sized.Deep is null ? new ByteFeatures(sized.Pixels, sample)
            : new FloatFeatures(Array.ConvertAll(sized.Deep, static value => value / 65535f), sample);
    }

    /// <summary>A picture in the size and with the channels of samples of some shape.</summary>
    /// <inheritdoc cref="Sample"/>
    public static Image Sized(Image image, Shape sample, double crop = 1) =>
        ImageResize.Cover(image.To(sample[2]), sample[0], sample[1], crop: crop);
}
