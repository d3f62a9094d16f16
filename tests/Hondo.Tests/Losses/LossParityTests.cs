using Hondo.Losses;
using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Tests.Golden;

namespace Hondo.Tests.Losses;

/// <summary>Values and gradients of the losses, against PyTorch.</summary>
public sealed class LossParityTests
{
    public static IEnumerable<object[]> Cases => ParityFile.Names("loss")
        .Where(name => Make(ParityFile.Case(name)) is not null).Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        (Loss loss, double scale) = Make(golden)!.Value;
        string input = golden.Has("inputs", "pred") ? "pred" : golden.Has("inputs", "p") ? "p" : "x";
        using var step = Tape.Begin();
        Tensor output = Tape.Watch(golden.Tensor("inputs", input).ToTensor());
        ParityTensor truth = golden.Tensor("inputs", "target");
        bool labelled = loss.Target == TargetKind.Labels && golden.Text("target") != "probabilities";
        Tensor target = labelled ? truth.ToLabels() : truth.ToTensor();
        Tensor y = loss.Compute(output, target) * scale;
        Assert.Equal(golden.Tensor("outputs", "y").Values[0], y.Item, 1e-12);
        y.Backward();
        double[] expected = golden.Tensor("grads", input).Values, actual = output.Gradient.ToArray<double>();
        double above = golden.Tensor("gouts", "y").Values[0];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], above * actual[i], 1e-12);
    }

    // Huber(δ)/δ is PyTorch's smooth L1 loss.
    static (Loss Loss, double Scale)? Make(ParityCase c) => (c.Op, c.Text("reduction") ?? "mean") switch
    {
        ("mse", "mean") => (new MeanSquaredError(), 1),
        ("l1", "mean") => (new MeanAbsoluteError(), 1),
        ("huber", _) => (new Huber(c["delta"]), 1),
        ("bce_with_logits", "mean") when !c.Has("inputs", "weight") => (new BinaryCrossEntropy(), 1),
        ("binary_cross_entropy", "mean") when c.Has("gouts", "y") => (new Hondo.Losses.ProbabilityCrossEntropy(), 1),
        ("cross_entropy", "mean" or "sum") when c["class_dim"] == 0 => (MakeCrossEntropy(c), 1),
        ("multi_margin", "mean") => (new Hondo.Losses.MulticlassHinge(c["margin"]), 1),
        ("smooth_l1", _) => (new Huber(c["beta"]), 1 / c["beta"]),
        _ => null,
    };

    static Hondo.Losses.CrossEntropy MakeCrossEntropy(ParityCase c) => new(
        c.Has("inputs", "weight") ? c.Tensor("inputs", "weight").Values : null, c["label_smoothing"],
        c.Attributes.TryGetProperty("ignore_index", out _) ? (int)c["ignore_index"] : null,
        c.Text("reduction") == "sum" ? Reduce.Sum : Reduce.Mean);
}
