using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Hondo.Tests.Golden;

/// <summary>The golden vectors made with PyTorch: where they are, and how to read them.</summary>
static class ParityFile
{
    static readonly Dictionary<string, Dictionary<string, ParityTensor>> Tensors = [];
    static readonly Lazy<Dictionary<string, JsonElement>> Manifest = new(ReadManifest);

    /// <summary>
    /// The folder, or null when this machine has none: $HONDO_PARITY, else shared/parity/dev beside the checkout.
    /// </summary>
    public static string? Folder { get; } = Find();

    public static IEnumerable<string> Names(string group) =>
        Manifest.Value.Keys.Where(name => name.StartsWith(group + "/", StringComparison.Ordinal));

    public static ParityCase Case(string name) => new(name, Manifest.Value[name]);

    public static ParityTensor Tensor(string file, string name)
    {
        lock (Tensors)
        {
            if (!Tensors.TryGetValue(file, out Dictionary<string, ParityTensor>? tensors))
                Tensors[file] = tensors = Read(Path.Combine(Folder!, file));
            return tensors[name];
        }
    }

    static string? Find()
    {
        if (Environment.GetEnvironmentVariable("HONDO_PARITY") is { Length: > 0 } named)
            return named;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "parity", "dev");
            if (File.Exists(Path.Combine(folder, "manifest.json")))
                return folder;
        }
        return null;
    }

    static Dictionary<string, JsonElement> ReadManifest()
    {
        using JsonDocument document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Folder!, "manifest.json"))
                .Replace(": NaN", ": null", StringComparison.Ordinal));
        return document.RootElement.GetProperty("cases").EnumerateArray()
            .ToDictionary(c => c.GetProperty("name").GetString()!, c => c.Clone());
    }

    static Dictionary<string, ParityTensor> Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(8, header));
        var tensors = new Dictionary<string, ParityTensor>();
        foreach (JsonProperty entry in document.RootElement.EnumerateObject().Where(e => e.Name != "__metadata__"))
        {
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
            int[] at = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(e => e.GetInt32())];
            tensors[entry.Name] = new(shape,
                Numbers(entry.Value.GetProperty("dtype").GetString()!, bytes.AsSpan(8 + header)[at[0]..at[1]]));
        }
        return tensors;
    }

    static double[] Numbers(string type, ReadOnlySpan<byte> bytes) => type switch
    {
        "F64" => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
        "F32" => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(v => (double)v)],
        "I64" => [.. MemoryMarshal.Cast<byte, long>(bytes).ToArray().Select(v => (double)v)],
        _ => throw new NotSupportedException($"A golden tensor has the type {type}."),
    };
}
