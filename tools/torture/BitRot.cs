using Hondo.Data;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Torture;

/// <summary>Flips bits of models and checkpoints and cuts them short: each must be found when the file is read, and the
/// checkpoint before be taken.</summary>
static class BitRot
{
    public static int Run(int flips)
    {
        using var scratch = new Scratch();
        string checkpoints = scratch["last"], model = scratch["model.safetensors"];
        string plain = scratch["plain.safetensors"];
        Trainer trainer = ShortTraining.Trainer(new TwoCheckpoints(new(checkpoints)));
        trainer.Fit(new(Datasets.Digits().Train.Take(160)));
        ModelFile.Save(trainer.Model, model);
        new Safetensors(new Dictionary<string, Tensor> { ["a"] = Tensor.Full([100], 2) },
            new Dictionary<string, string>()).Write(plain);
        string newest = RunCheckpoint.Newest(checkpoints).Path;
        List<(string Path, Func<bool> IsFound)> files =
        [
            (model, () => IsRefused(model, () => ModelFile.Load(model))),
            (plain, () => IsRefused(plain, () => Safetensors.Read(plain))),
        ];
        foreach (string path in Directory.GetFiles(newest))
            files.Add((path, () => RunCheckpoint.Newest(checkpoints) is { Step: 1, Skipped: [var problem] }
                && problem.Contains(newest, StringComparison.Ordinal)
                && problem.Contains(Path.GetFileName(path), StringComparison.Ordinal)));
        int truncations = flips / 5, found = Count(files, flips, Flip), foundShort = Count(files, truncations, Cut);
        Console.WriteLine($"flips={flips} found={found} truncations={truncations} found={foundShort}");
        return (found, foundShort) == (flips, truncations) ? 0 : 1;
    }

    static int Count(List<(string Path, Func<bool> IsFound)> files, int damages, Func<byte[], Random, byte[]> damage)
    {
        var random = new Random(1);
        int found = 0;
        for (int i = 0; i < damages; i++)
        {
            (string path, Func<bool> isFound) = files[i % files.Count];
            byte[] whole = File.ReadAllBytes(path);
            File.WriteAllBytes(path, damage(whole, random));
            if (isFound())
                found++;
            else
                Console.WriteLine($"not found in {path}");
            File.WriteAllBytes(path, whole);
        }
        return found;
    }

    static byte[] Flip(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        // Half of them in the first bytes, where the header is: the rest are numbers, where any bit is like another.
        int place = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, 2000) : bytes.Length);
        flipped[place] ^= (byte)(1 << random.Next(8));
        return flipped;
    }

    static byte[] Cut(byte[] bytes, Random random) => bytes[..random.Next(bytes.Length)];

    static bool IsRefused(string path, Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (DataFormatException error)
        {
            return error.Message.Contains(path, StringComparison.Ordinal);
        }
    }

    sealed class TwoCheckpoints(CheckpointFolder folder) : Callback
    {
        protected override void OnStepEnd(TrainingRun run)
        {
            RunCheckpoint.Write(folder, run);
            if (run.Step == 2)
                run.Stop("two are enough");
        }
    }
}
