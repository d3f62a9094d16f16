using System.Globalization;
using Hondo.Onnx.Proto;

namespace Hondo.Onnx.Graphs;

/// <summary>
/// Files beside a model that hold its large tensors. A name from the model never leads out of the model's folder, and
/// every range is checked against the file before anything is read.
/// </summary>
sealed class ExternalData(string folder)
{
    readonly string _folder = Path.GetFullPath(folder);
    readonly Dictionary<string, List<(long Start, long End)>> _ranges = [];

    /// <summary>Checks where a tensor lies, and returns what reads it.</summary>
    public Func<byte[]> Find(TensorProto proto, long bytes, string name)
    {
        Dictionary<string, string> entries = [];
        foreach (StringStringEntryProto entry in proto.ExternalData)
            entries[entry.Key] = entry.Value;
        string path = PathOf(entries.GetValueOrDefault("location", ""), name);
        long offset = Number(entries, "offset", 0, name), length = Number(entries, "length", bytes, name);
        long available = new FileInfo(path).Length;
        if (length != bytes)
            throw new OnnxException($"{name} takes {bytes} bytes, but the model says that {length} lie in "
                + $"'{Path.GetFileName(path)}'.");
        if (offset > available || length > available - offset)
            throw new OnnxException($"{name} would lie at {offset} to {offset + length} of '{Path.GetFileName(path)}', "
                + $"which has {available} bytes: the file is cut off, or another one.");
        RequireApart(path, offset, offset + length, name);
        return () => Read(path, offset, (int)length);
    }

    string PathOf(string location, string name)
    {
        if (location.Length == 0 || Path.IsPathRooted(location) || location.Contains('\\') || location.Contains('\0')
            || location.Contains(':') || location.Split('/').Contains(".."))
            throw new OnnxException($"{name} lies in '{location}'. The files of a model must lie in its own folder, by "
                + "a relative name.");
        string path = Path.GetFullPath(Path.Combine(_folder, location));
        if (!File.Exists(path))
            throw new OnnxException($"{name} lies in '{location}', which is not beside the model. Download or copy it "
                + $"to {_folder}.");
        // A link may lead anywhere: the way to the file must be free of them.
        for (FileSystemInfo? at = new FileInfo(path); at is not null && at.FullName.Length > _folder.Length;
            at = Directory.GetParent(at.FullName))
            if (at.LinkTarget is not null)
                throw new OnnxException($"{name} lies in '{location}', which is a link. Put the file itself there.");
        return path;
    }

    static long Number(Dictionary<string, string> entries, string key, long usual, string name) =>
        !entries.TryGetValue(key, out string? text) ? usual
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
            : throw new OnnxException($"{name} has {key} '{text}', which is not a number.");

    // Tied weights share a whole range; half of one is a damaged or hostile file.
    void RequireApart(string path, long start, long end, string name)
    {
        if (!_ranges.TryGetValue(path, out List<(long Start, long End)>? ranges))
            _ranges[path] = ranges = [];
        foreach ((long from, long to) in ranges)
            if (start < to && from < end && (start, end) != (from, to))
                throw new OnnxException($"{name} overlaps another tensor in '{Path.GetFileName(path)}': bytes {start} "
                    + $"to {end} and {from} to {to}.");
        ranges.Add((start, end));
    }

    static byte[] Read(string path, long offset, int length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        file.Position = offset;
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
