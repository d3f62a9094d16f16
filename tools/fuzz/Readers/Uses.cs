using System.Text;
using Hondo.Cli.Runs;
using Hondo.Data;
using Hondo.Insights;
using Hondo.Layers;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Fuzz.Readers;

/// <summary>What is done with an input: it is read as a user's program reads it, and what was read is used.</summary>
static class Uses
{
    const int MostNumbers = 1 << 20;

    static readonly string Folder = Directory.CreateTempSubdirectory("hondo-fuzz-").FullName;

    static readonly Lazy<string> Runs = new(NewRuns), CifarFolder = new(NewCifar);

    /// <summary>A model file with these texts and the right checksum: loaded, summed up and run.</summary>
    public static void Model(byte[] bytes)
    {
        string[] lines = Encoding.UTF8.GetString(bytes).Split('\n');
        int which = int.TryParse(lines[0], out int number) && (uint)number < Samples.Models.Length ? number : 0;
        Dictionary<string, string> texts = [];
        foreach (string line in lines[1..])
            if (line.Split('\t', 2) is [var name, var text])
                texts[name] = text;
        Layer like = Samples.Models[which].Model;
        string path = Path.Combine(Folder, "model.safetensors");
        var numbers = like.Parameters.ToDictionary(p => p.Name, KernelLayoutOf);
        foreach (State state in like.States)
            numbers.Add(state.Name, state.Value);
        using (FileStream file = File.Create(path))
            new Safetensors(numbers, texts).Write(file);
        (Layer model, ModelCard card) = ModelFile.Load(path);
        if (card.InputShape is Shape shape && shape.Size <= MostNumbers && shape.Rank < Shape.MaxRank)
            Run(model, shape);
    }

    // As the file holds it: the same numbers whatever the order, for their meaning does not matter here.
    static Tensor KernelLayoutOf(Parameter parameter)
    {
        Shape shape = parameter.Shape;
        if (parameter.IsKernel)
            shape = [shape[^1], shape[^2], .. shape[..^2]];
        return Tensor.Of(parameter.Value.ToArray<float>(), shape);
    }

    static void Run(Layer model, Shape shape)
    {
        try
        {
            if (ModelSummary.Of(model, shape).Rows.All(row => row.Output is Shape y && y.Size <= MostNumbers))
                model.Forward(Tensor.Zeros([1, .. shape]));
        }
        catch (ShapeException)
        {
            // The model does not fit its own input: said so.
        }
    }

    public static void Checkpoint(byte[] bytes)
    {
        string path = Path.Combine(Folder, "checkpoint.safetensors");
        File.WriteAllBytes(path, bytes);
        var model = new Sequential(new Linear(2, 2));
        Serialization.Checkpoint.Load(path, model, new Adam(model.Parameters, 0.1));
    }

    /// <summary>
    /// A folder of two checkpoints, whose newer one has other texts and tensors but right checksums, or a manifest that
    /// was written over: a training goes on from what is whole.
    /// </summary>
    public static void CheckpointFolder(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        string newest = Path.Combine(SavedTraining.Folder.Value, "000002-step-4");
        bool isManifest = text.StartsWith(SavedTraining.ManifestMark, StringComparison.Ordinal);
        if (isManifest)
            SavedTraining.Write(newest, SavedTraining.Files.Value, text[SavedTraining.ManifestMark.Length..]);
        else
            SavedTraining.Write(newest, SavedTraining.FilesOf(text), null);
        RunCheckpoint checkpoint = RunCheckpoint.Newest(SavedTraining.Folder.Value);
        bool isChanged = isManifest && !SavedTraining.Texts()[1].AsSpan().SequenceEqual(bytes);
        if (isChanged != (checkpoint.Path != newest))
            throw new InvalidOperationException($"Of a damaged and a whole checkpoint, {checkpoint.Path} was taken.");
        SavedTraining.Trainer().Fit(SavedTraining.Parts, checkpoint);
    }

    /// <summary>A run folder beside a good one, which must still be seen.</summary>
    public static void Run(byte[] bytes)
    {
        string bad = Path.Combine(Runs.Value, "bad");
        foreach (string file in Directory.GetFiles(bad))
            File.Delete(file);
        Write(bad, Encoding.UTF8.GetString(bytes));
        IReadOnlyList<SavedRun> all = RunStore.In(Runs.Value);
        if (all.All(run => run.Name != "good"))
            throw new InvalidOperationException("A bad run hides a good one.");
        foreach (SavedRun run in all)
            _ = (run.Status, run.Best, run.Seconds, run.Problem);
    }

    static void Write(string folder, string text)
    {
        foreach (string part in text.Split("=== ", StringSplitOptions.RemoveEmptyEntries))
            if (part.Split('\n',
            2) is [("run.json" or "config.json" or "metrics.jsonl" or "events.jsonl") and var name, var content])
                File.WriteAllText(Path.Combine(folder, name), content);
    }

    static string NewRuns()
    {
        string runs = Path.Combine(Folder, "runs");
        Directory.CreateDirectory(Path.Combine(runs, "bad"));
        Directory.CreateDirectory(Path.Combine(runs, "good"));
        Write(Path.Combine(runs, "good"), Encoding.UTF8.GetString(Samples.Runs()[0]));
        return runs;
    }

    public static void Csv(byte[] bytes)
    {
        string path = Path.Combine(Folder, "x.csv");
        File.WriteAllBytes(path, bytes);
        DataSource.Open(path);
    }

    public static void Picture(byte[] bytes, string name) => ImageFile.Decode(bytes, name);

    public static void Cifar(byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(CifarFolder.Value, "data_batch_1.bin"), bytes);
        Cifar10.OpenFolder(CifarFolder.Value);
    }

    static string NewCifar()
    {
        string folder = Path.Combine(Folder, "cifar");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "test_batch.bin"), Samples.Cifar()[0]);
        return folder;
    }

    public static void Text(byte[] bytes)
    {
        string path = Path.Combine(Folder, "x.txt");
        File.WriteAllBytes(path, bytes);
        TextData.Read(path);
    }

    public static void ModelText(byte[] bytes)
    {
        Layer model = Serialization.ModelText.Parse(Encoding.UTF8.GetString(bytes));
        // Described, as the command line does before it trains: no number is drawn yet.
        _ = (ModelSummary.Of(model).Parameters, model.ToString());
    }

    public static void OptimizerText(byte[] bytes) =>
        _ = OptimizerCatalog.Parse(Encoding.UTF8.GetString(bytes), new Linear(2, 2).Parameters).ToString();

    public static void ScheduleText(byte[] bytes) =>
        _ = ScheduleCatalog.All.Parse(Encoding.UTF8.GetString(bytes)).ToString();

    public static void AugmentText(byte[] bytes) =>
        _ = TransformCatalog.Parse(Encoding.UTF8.GetString(bytes)).ToString();
}
