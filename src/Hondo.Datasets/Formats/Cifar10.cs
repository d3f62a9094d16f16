using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.ExceptionServices;

namespace Hondo.Data;

/// <summary>
/// CIFAR-10 in its binary form (Krizhevsky 2009, "Learning multiple layers of features from tiny images"): records of a
/// label and 1,024 red, 1,024 green and 1,024 blue bytes. The archive is read as it is downloaded; so are its files
/// data_batch_1.bin to data_batch_5.bin and test_batch.bin, also as .gz and .xz, and fewer of them.
/// </summary>
public static class Cifar10
{
    const int Side = 32, Plane = Side * Side, Record = 1 + 3 * Plane, Batch = 10000;
    const string Archive = "cifar-10-binary.tar.gz", Inner = "cifar-10-batches-bin";

    static readonly string[] Endings = [".bin", ".bin.gz", ".bin.xz"];

    static readonly string[] Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship",
        "truck"];

    static IEnumerable<string> Names => [.. Enumerable.Range(1, 5).Select(i => $"data_batch_{i}"), "test_batch"];

    /// <summary>True when the folder has the archive or at least one of its files.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, Archive))
        || Names.Any(name => Find(folder, name) is not null);

    /// <summary>Opens a folder with the archive, or with its files.</summary>
    /// <exception cref="DataFormatException">Training or test images are missing, or a file is damaged.</exception>
    public static DataSplits OpenFolder(string folder)
    {
        Dictionary<string, byte[]> batches = Names.Any(name => Find(folder, name) is not null)
            ? ReadFiles(folder)
            : ReadArchive(Path.Combine(folder, Archive));
        string[] train = [.. Names.Where(name => name != "test_batch" && batches.ContainsKey(name))];
        if (train.Length == 0 || !batches.TryGetValue("test_batch", out byte[]? test))
            throw new DataFormatException(folder, "", train.Length == 0 ? "there is no data_batch_1.bin to "
                + "data_batch_5.bin" : "test_batch.bin is missing", "Fetch the data set again.");
        return new(Decode("cifar10 train", folder, [.. train.Select(name => batches[name])]),
            Test: Decode("cifar10 test", folder, [test]));
    }

    static string? Find(string folder, string name) =>
        (from inner in (string[])[folder, Path.Combine(folder, Inner)]
         from ending in Endings
         let path = Path.Combine(inner, name + ending)
         where File.Exists(path)
         select path).FirstOrDefault();

    static Dictionary<string, byte[]> ReadFiles(string folder)
    {
        (string Name, string Path)[] files = [.. Names.Select(name => (name, Find(folder, name)))
            .Where(file => file.Item2 is not null).Select(file => (file.name, file.Item2!))];
        // Unpacking .xz takes a second a file.
        var contents = new (byte[]? Bytes, ExceptionDispatchInfo? Problem)[files.Length];
        Parallel.For(0, files.Length, i => contents[i] = TryRead(files[i].Path));
        // Of several bad files the first is told, whichever thread met its own first.
        foreach ((_, ExceptionDispatchInfo? problem) in contents)
            problem?.Throw();
        return files.Zip(contents).ToDictionary(pair => pair.First.Name, pair => pair.Second.Bytes!);
    }

    static (byte[]?, ExceptionDispatchInfo?) TryRead(string path)
    {
        try
        {
            return (ReadFile(path), null);
        }
        catch (Exception error) when (error is DataFormatException or IOException or UnauthorizedAccessException)
        {
            return (null, ExceptionDispatchInfo.Capture(error));
        }
    }

    static byte[] ReadFile(string path)
    {
        using FileStream file = DataFile.Open(path, "a batch of CIFAR-10");
        if (file.Length > Batch * Record + 1024)
            throw new DataFormatException(path, "", $"the file has {file.Length >> 20} MiB, more than a batch of "
                + "10000 images", "Fetch it again.");
        if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var zipped = new GZipStream(file, CompressionMode.Decompress);
            return ReadAll(zipped, path);
        }
        byte[] bytes = ReadAll(file, path);
        return path.EndsWith(".xz", StringComparison.Ordinal) ? XzFile.Unpack(bytes, path, Batch * Record) : bytes;
    }

    static Dictionary<string, byte[]> ReadArchive(string path)
    {
        using FileStream file = DataFile.Open(path, "the archive of CIFAR-10");
        using var zipped = new GZipStream(file, CompressionMode.Decompress);
        Dictionary<string, byte[]> batches = [];
        try
        {
            using var archive = new TarReader(zipped);
            while (archive.GetNextEntry() is { } entry)
                if (entry.DataStream is { } data && Names.Contains(Path.GetFileNameWithoutExtension(entry.Name)))
                    batches[Path.GetFileNameWithoutExtension(entry.Name)] = ReadAll(data, $"{path}/{entry.Name}");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DataFormatException(path, "", "the archive is cut off or damaged", "Fetch it again.", e);
        }
        return batches;
    }

    // A batch is 30 MB: what goes on beyond is no batch, however small it is packed. What is shorter takes no more
    // memory than it needs.
    static byte[] ReadAll(Stream stream, string name)
    {
        const int Most = Batch * Record + 1024;
        using var bytes = new MemoryStream();
        var piece = new byte[64 * 1024];
        try
        {
            for (int read; bytes.Length < Most && (read = stream.Read(piece)) > 0;)
                bytes.Write(piece, 0, read);
            return bytes.Length < Most ? bytes.ToArray()
                : throw new DataFormatException(name, "", "it holds more than the 10000 images of a batch",
                    "Fetch it again.");
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(name, "", "the gzip data is damaged", "Fetch it again.", e);
        }
    }

    static Dataset Decode(string name, string folder, byte[][] batches)
    {
        int count = 0;
        foreach (byte[] batch in batches)
            count += batch.Length > 0 && batch.Length % Record == 0 ? batch.Length / Record
                : throw new DataFormatException(folder, name, $"a batch has {batch.Length} bytes, which is no whole "
                    + $"number of records of {Record}", "Fetch the file again.");
        byte[] images = new byte[count * 3 * Plane];
        var labels = new int[count];
        int i = 0;
        foreach (byte[] batch in batches)
            for (int at = 0; at < batch.Length; at += Record, i++)
            {
                labels[i] = batch[at];
                Interleave(batch.AsSpan(at + 1, 3 * Plane), images.AsSpan(i * 3 * Plane, 3 * Plane));
            }
        return new(name, new ByteFeatures(images, [Side, Side, 3]), new ClassTargets(labels, Classes, name));
    }

    static void Interleave(ReadOnlySpan<byte> planes, Span<byte> pixels)
    {
        ReadOnlySpan<byte> red = planes[..Plane], green = planes.Slice(Plane, Plane), blue = planes[(2 * Plane)..];
        for (int i = 0, at = 0; i < Plane; i++, at += 3)
            (pixels[at], pixels[at + 1], pixels[at + 2]) = (red[i], green[i], blue[i]);
    }
}
