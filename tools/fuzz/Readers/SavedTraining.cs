using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Fuzz.Readers;

/// <summary>
/// A small training in the middle, and its checkpoint as a text in which names, numbers and shapes are damaged.
/// </summary>
static class SavedTraining
{
    /// <summary>How a text begins that is a manifest.</summary>
    public const string ManifestMark = "manifest\n";

    const int MostNumbers = 1 << 12;

    static readonly string[] Names = ["checkpoint.safetensors", "state.safetensors"];

    /// <summary>A folder of checkpoints with the older one.</summary>
    public static Lazy<string> Folder { get; } = new(NewFolder);

    /// <summary>The bytes of the files of the good checkpoint.</summary>
    public static Lazy<byte[][]> Files { get; } =
        new(() => [.. Names.Select(name => File.ReadAllBytes(Path.Combine(Folder.Value, "000001-step-4", name)))]);

    static readonly Lazy<Safetensors[]> Good =
        new(() => [.. Files.Value.Select(file => Safetensors.Read(new MemoryStream(file), "good"))]);

    /// <summary>What it learns from.</summary>
    public static DataSplits Parts { get; } = new(
        new("train", new FloatFeatures([.. Enumerable.Range(0, 24).Select(i => (i * 7 % 5) - 2f)], [2]),
            new ClassTargets([.. Enumerable.Range(0, 12).Select(i => i % 2)], ["a", "b"])),
        new Dataset("dev", new FloatFeatures([.. Enumerable.Range(0, 8).Select(i => i - 4f)], [2]),
            new ClassTargets([0, 1, 0, 1], ["a", "b"])));

    /// <summary>A trainer that has something of every kind to go on with.</summary>
    public static Trainer Trainer(params ReadOnlySpan<Callback> more)
    {
        var model = new Sequential(new Linear(2, 3), new BatchNorm(3), new Relu(), new Dropout(0.5), new Linear(3, 2));
        return new(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = 2,
            BatchSize = 4,
            Progress = null,
            Callbacks = [new WeightAverage(new Ema(0.9)), new EarlyStopping(patience: 3), .. more],
        };
    }

    /// <summary>The good checkpoint's texts, and its manifest.</summary>
    public static byte[][] Texts()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Names.Length; i++)
        {
            foreach ((string name, string value) in Good.Value[i].Metadata)
                text.Append(CultureInfo.InvariantCulture, $"{i}\t{name}\t{value.Replace("\n", "\\n")}\n");
            foreach ((string name, Tensor tensor) in Good.Value[i].Tensors)
                text.Append(CultureInfo.InvariantCulture, $"{i}\t:{name}\t{string.Join(' ', Extents(tensor))}\n");
        }
        return ReaderList.Bytes($"{text}",
            ManifestMark + File.ReadAllText(Path.Combine(Folder.Value, "000001-step-4", "manifest.txt")));
    }

    /// <summary>The files that a text describes; tensors of another shape are of zeros.</summary>
    public static byte[][] FilesOf(string text)
    {
        Dictionary<string, string>[] texts = [[], []];
        Dictionary<string, Tensor>[] tensors = [[], []];
        foreach (string line in text.Split('\n'))
            if (line.Split('\t') is [("0" or "1") and var file, var name, var value])
                if (name is [':', .. var tensor])
                    tensors[file[0] - '0'][tensor] = TensorOf(file[0] - '0', tensor, value);
                else
                    texts[file[0] - '0'][name] = value.Replace("\\n", "\n");
        return [.. Enumerable.Range(0, Names.Length).Select(i => Bytes(new(tensors[i], texts[i])))];
    }

    /// <summary>Writes a checkpoint, with the manifest that belongs to its files or with another one.</summary>
    public static void Write(string folder, byte[][] files, string? manifest)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < Names.Length; i++)
            File.WriteAllBytes(Path.Combine(folder, Names[i]), files[i]);
        string text = $"# hondo checkpoint 1\n{Sum(files[0])}  {Names[0]}\n{Sum(files[1])}  {Names[1]}\n";
        File.WriteAllText(Path.Combine(folder, "manifest.txt"),
            manifest ?? $"{text}# {Sum(Encoding.UTF8.GetBytes(text))}\n");
    }

    static string NewFolder()
    {
        string path = Directory.CreateTempSubdirectory("hondo-fuzz-").FullName;
        Trainer(new Writer(new(path))).Fit(Parts);
        return path;
    }

    static Tensor TensorOf(int file, string name, string shape)
    {
        int[] extents = [.. shape.Split(' ').Select(word => int.TryParse(word, out int extent) ? extent : 1)
            .Where(extent => extent is > 0 and < MostNumbers).Take(4)];
        return Good.Value[file].Tensors.TryGetValue(name, out Tensor good) && Extents(good).SequenceEqual(extents)
            ? good
            : extents.Aggregate(1L, (size, extent) => size * extent) > MostNumbers ? Tensor.Of([1f])
            : Tensor.Zeros([.. extents]);
    }

    static IEnumerable<int> Extents(Tensor tensor) =>
        Enumerable.Range(0, tensor.Shape.Rank).Select(i => tensor.Shape[i]);

    static byte[] Bytes(Safetensors file)
    {
        using var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    static string Sum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    sealed class Writer(CheckpointFolder folder) : Callback
    {
        protected override void OnStepEnd(TrainingRun run)
        {
            if (run.Step == 4)
                run.Afterwards(run => RunCheckpoint.Write(folder, run));
        }
    }
}
