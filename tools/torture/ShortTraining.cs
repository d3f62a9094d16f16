using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Torture;

/// <summary>A convolutional network with everything that a checkpoint must know, in 60 steps.</summary>
static class ShortTraining
{
    // 20 batches an epoch, in updates of three: the last two of an epoch make one too.
    public const int Steps = 60;

    const int Epochs = 3;

    /// <summary>Trains from the newest checkpoint on, writes one after each step, and says the hash of everything.
    /// </summary>
    /// <param name="folder">The checkpoints.</param>
    /// <param name="killed">The step after which the process kills itself; 0 for never.</param>
    public static int Run(string folder, int killed)
    {
        DataSplits digits = new(Datasets.Digits().Train.Take(160), Datasets.Digits().Test!.Take(40));
        RunCheckpoint? resume = Directory.Exists(folder) ? RunCheckpoint.Newest(folder) : null;
        Trainer trainer = Trainer(new SaveAndDie(new(folder), killed));
        History history = trainer.Fit(digits, resume);
        string numbers = string.Join(' ', history.SelectMany(epoch => epoch.Numbers).Select(number =>
            number.Value.ToString("R", CultureInfo.InvariantCulture)));
        Console.WriteLine($"{ModelHash.Of(trainer.Model)} "
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(numbers))));
        return 0;
    }

    public static Trainer Trainer(params Callback[] callbacks)
    {
        Layer model = new Sequential(new Conv2d(1, 4, kernel: 3), new BatchNorm(4), new Relu(), new MaxPool2d(2),
            new Dropout(0.3), new Flatten(), new Hondo.Layers.Linear(676, 10)).Initialize(3);
        return new(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Schedule = new OneCycle(Epochs),
            Epochs = Epochs,
            BatchSize = 8,
            Accumulate = 3,
            Transform = TransformCatalog.Parse("Shift(1), Rotate(10)"),
            Callbacks = [new KeepBest(), .. callbacks],
        };
    }

    sealed class SaveAndDie(CheckpointFolder folder, int killed) : Callback
    {
        protected override void OnStepEnd(TrainingRun run)
        {
            RunCheckpoint.Write(folder, run);
            if (run.Step != killed)
                return;
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }
}
