using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Training;

namespace Hondo.Tests.Fundamentals;

/// <summary>Lineage 14: the copy task is learned, and with it sequences longer than any that was seen.</summary>
public sealed class CopyTests
{
    [Fact]
    public void A_Turing_machine_learns_to_copy_and_copies_sequences_of_twice_the_length()
    {
        DataSplits copy = new CopyTask { Bits = 4, Longest = 6, Count = 6400, TestCount = 64 }.Parts();
        Sequential model = NeuralTuringMachines.Of(copy.Train.Sample, bits: 4, hidden: 32, rows: 16, width: 8);
        var optimizer = new RmsProp(model.Parameters, 0.005, beta: 0.95);
        optimizer.GradientTransforms.Add(new ClipNorm(1));
        var trainer = new Trainer(model, new BitCrossEntropy(), optimizer) { Epochs = 6, BatchSize = 16, Seed = 1 };
        // Before it knows nothing of the bits.
        Assert.InRange(trainer.Evaluate(copy.Test!)["bits right"], 0.3, 0.7);
        trainer.Fit(copy);
        Assert.InRange(trainer.Evaluate(copy.Dev!)["bits right"], 0.999, 1);
        Assert.InRange(trainer.Evaluate(copy.Test!)["bits right"], 0.99, 1);
    }
}
