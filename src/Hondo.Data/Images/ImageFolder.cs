using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// Reads pictures from folders named by their classes, <c>cats/tom.png</c>: either these folders side by side, or below
/// <c>train</c> and <c>test</c> or <c>val</c>, as ImageNet is kept. Pictures become one size and are kept as bytes.
/// </summary>
public static class ImageFolder
{
    const int SmallSide = 64;

    static readonly string[] TrainNames = ["train", "training"], TestNames = ["test", "testing"],
        DevNames = ["val", "valid", "validation", "dev"];

    /// <summary>True when the folder has folders with pictures, or parts with such folders.</summary>
    public static bool IsIn(string folder) => Part(folder, TrainNames) is not null
        || Directory.EnumerateDirectories(folder).Any(inner => ClassFolders.Pictures(inner).Any());

    /// <summary>Reads the pictures.</summary>
    /// <param name="folder">The folder above those of the classes, or above <c>train</c> and <c>test</c>.</param>
    /// <param name="name">What messages call the data.</param>
    /// <param name="options">What the pictures become.</param>
    /// <param name="notes">Gets what was left out and is worth telling, a sentence each.</param>
    /// <exception cref="DataFormatException">There are fewer than two classes with pictures, a picture cannot be read,
    /// or all of them are too many for memory.</exception>
    public static DataSplits Open(string folder, string name, ImageOptions? options = null,
        ICollection<string>? notes = null)
    {
        options ??= new();
        if (Part(folder, TrainNames) is not { } trainFolder)
            return new(Read(new ClassFolders(folder, options.Classes, notes), name, options));
        string? dev = Part(folder, DevNames), test = Part(folder, TestNames);
        Dataset train = Read(new ClassFolders(trainFolder, options.Classes, notes), $"{name} train", options);
        options = options with
        {
            Height = train.Sample[0],
            Width = train.Sample[1],
            Channels = train.Sample[2],
            Classes = train.Classes,
        };
        Dataset? Other(string? part, string title) => part is null ? null
            : Read(new ClassFolders(part, options.Classes, notes), $"{name} {title}", options);
        // Alone, what is called val is what ImageNet's networks are judged by.
        return test is null ? new(train, Test: Other(dev, "val")) : new(train, Other(dev, "dev"), Other(test, "test"));
    }

    static string? Part(string folder, string[] names) =>
        names.Select(name => Path.Combine(folder, name)).FirstOrDefault(Directory.Exists);

    static Dataset Read(ClassFolders folders, string name, ImageOptions options)
    {
        (int height, int width) = SizeOf(folders.Files[0], options);
        CheckMemory(folders, height, width);
        Image[] pictures = ReadAll(folders, height, width, options.Interpolation);
        int channels = options.Channels ?? (pictures.All(picture => picture.Channels < 3) ? 1 : 3);
        var bytes = new byte[pictures.Length * height * width * channels];
        for (int i = 0; i < pictures.Length; i++)
            pictures[i].To(channels).Pixels.CopyTo(bytes.AsSpan(i * height * width * channels));
        return new(name, new ByteFeatures(bytes, [height, width, channels]),
            new ClassTargets([.. folders.Labels], folders.Classes, name));
    }

    static (int Height, int Width) SizeOf(string first, ImageOptions options)
    {
        if ((options.Height ?? options.Width) is { } side)
            return (options.Height ?? side, options.Width ?? side);
        Image picture = ImageFile.Read(first);
        return Math.Max(picture.Height, picture.Width) <= SmallSide
            ? (picture.Height, picture.Width)
            : (SmallSide, SmallSide);
    }

    static void CheckMemory(ClassFolders folders, int height, int width)
    {
        long bytes = 3L * height * width * folders.Files.Count;
        long most = Math.Min(Array.MaxLength, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 3);
        if (bytes > most)
            throw new DataFormatException(folders.Folder, "",
                $"{folders.Files.Count} pictures of {height}×{width} need "
                + $"{bytes >> 20} MiB, and {most >> 20} are there", "Choose a smaller size, or fewer pictures.");
    }

    // The first picture that is wrong is named, whichever is met first.
    static Image[] ReadAll(ClassFolders folders, int height, int width, Interpolation interpolation)
    {
        var pictures = new Image[folders.Files.Count];
        var problems = new DataFormatException?[pictures.Length];
        Parallel.For(0, pictures.Length, (i, state) =>
        {
            if (state.LowestBreakIteration < i)
                return;
            try
            {
                Image image = ImageFile.Read(folders.Files[i]);
                pictures[i] = ImageResize.Cover(image.To(image.Channels < 3 ? 1 : 3), height, width, interpolation);
            }
            catch (DataFormatException problem)
            {
                problems[i] = problem;
                state.Break();
            }
        });
        return problems.FirstOrDefault(problem => problem is not null) is { } first ? throw first : pictures;
    }

    /// <summary>A picture as a sample of some shape, for a model that was trained on such samples.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="sample">Height, width and channels.</param>
    public static ByteFeatures Sample(Image image, Shape sample) =>
        new(ImageResize.Cover(image.To(sample[2]), sample[0], sample[1]).Pixels, sample);
}
