using Hondo.Data;
using Hondo.Layers;
using Hondo.Onnx.Tests;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Transfer.Tests;

public sealed class TransferTests
{
    [Fact]
    public void The_last_layer_is_exchanged_and_the_body_stays_as_it_was()
    {
        PretrainedNetwork source = Digits("Conv2d(1, 8, kernel: 3, stride: 2), BatchNorm(8), Relu(), Flatten(), "
            + "Dropout(0.5), Linear(1352, 10)");
        var network = new TransferNetwork(source, 3);
        Assert.Equal("Linear(1352, 3)", network.Head.ToString());
        Assert.DoesNotContain(network.Model.Layers, layer => layer is Dropout);
        float[][] before = Numbers(network.Body);
        DataSplits three = Three();
        History history = network.Trainer(three).Fit(three);
        Assert.Equal(before, Numbers(network.Body));
        Assert.True(history[^1].Train["accuracy"] > 0.9, history[^1].ToString());
    }

    [Fact]
    public void A_body_that_is_unfrozen_moves_the_slower_the_nearer_to_the_input()
    {
        PretrainedNetwork source = Digits("Conv2d(1, 4, kernel: 3, stride: 2), Relu(), Conv2d(4, 8, kernel: 3, "
            + "stride: 2), Relu(), Flatten(), Linear(288, 10)");
        var network = new TransferNetwork(source, 3);
        DataSplits three = Three();
        Trainer trainer = network.Trainer(three, unfreezeAfter: 2);
        Assert.Equal([3e-5, 3e-4], trainer.Optimizer.Groups.Select(group => Math.Round(group.InitialLearningRate, 9)));
        float[][] before = Numbers(network.Body);
        trainer.Fit(three);
        Assert.All(Numbers(network.Body).Zip(before), pair => Assert.NotEqual(pair.Second, pair.First));
        Assert.Equal("CosineRestarts(2, growth: 1.5)", trainer.Schedule!.ToString());
    }

    [Fact]
    public void Maps_are_averaged_where_the_last_layer_is_a_convolution_of_single_pixels()
    {
        PretrainedNetwork source = Digits("Conv2d(1, 6, kernel: 3), Relu(), Dropout(0.5), Conv2d(6, 10, kernel: 1), "
            + "Relu(), GlobalAveragePool2d()");
        var network = new TransferNetwork(source, 4);
        Assert.Equal("Sequential(Conv2d(1, 6, kernel: 3), Relu(), GlobalAveragePool2d(), Linear(6, 4))",
            network.Model.ToString());
        Assert.StartsWith("60 parameters of 1 layers with weights; new: Linear(6, 4), 28 parameters",
            network.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Flatten(), Linear(784, 10)", "nothing to pass on")]
    [InlineData("Conv2d(1, 2, kernel: 28), Flatten()", "only a linear one can be exchanged")]
    public void What_cannot_be_cut_says_why(string layers, string problem)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new TransferNetwork(Digits(layers), 2));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_other_sizes_are_brought_to_the_networks_own()
    {
        PretrainedNetwork source = Digits("Flatten(), Linear(784, 10)");
        DataSplits iris = Datasets.Iris(), digits = Datasets.Digits();
        Assert.Same(digits.Train, source.Sized(digits).Train);
        var small = new PretrainedNetwork(source.Model, source.Card with { InputShape = [14, 14, 3] });
        DataSplits sized = small.Sized(digits);
        Assert.Equal([14, 14, 3], sized.Train.Sample);
        Assert.Equal(digits.Test!.Label(17), sized.Test!.Label(17));
        float[] whole = new float[784], half = new float[14 * 14 * 3];
        digits.Train.CopySample(5, whole);
        sized.Train.CopySample(5, half);
        Assert.Equal(whole.Average(), half.Average(), 0.02);
        Assert.Throws<DataFormatException>(() => small.Sized(iris));
    }

    [SharedFact("data/cifar10/png")]
    public void Fifty_pictures_a_class_are_enough_for_a_pretrained_body()
    {
        if (Pretrained.Find("mobilenet_v1").Chosen.Path is null)
            return;
        PretrainedNetwork source = Pretrained.MobileNetV1();
        DataSplits photos = Only(source.Open(Shared.At("data/cifar10/png")), "frog", "horse");
        var network = new TransferNetwork(source, photos.Train.Classes.Count);
        Trainer trainer = network.Trainer(photos);
        trainer.Fit(photos);
        Assert.InRange(trainer.Evaluate(photos.Test!)["accuracy"], 0.85, 1);
        Assert.Equal(source.Card.Normalization, network.CardFor(photos).Normalization);
        Assert.Contains("mobilenet_v1 3f4cfe64", network.CardFor(photos).Extra[TransferNetwork.TransferredEntry],
            StringComparison.Ordinal);
    }

    static PretrainedNetwork Digits(string layers) => new(ModelText.Parse($"Sequential({layers})").Initialize(1),
        new() { InputShape = [28, 28, 1], ClassNames = Datasets.Digits().Train.Classes });

    static float[][] Numbers(IEnumerable<Layer> layers) => [.. layers.SelectMany(layer =>
        layer.Parameters.Select(one => one.Value).Concat(layer.States.Select(one => one.Value)))
        .Select(value => value.ToArray<float>())];

    // 0, 1 and 2, each a class of its own.
    static DataSplits Three()
    {
        DataSplits all = Datasets.Digits();
        return new(Three(all.Train, 600), Three(all.Test!, 100));

        static Dataset Three(Dataset part, int count)
        {
            int[] rows = [.. Enumerable.Range(0, part.Count).Where(i => part.Label(i) < 3).Take(count)];
            Dataset taken = part.Part(part.Name, rows);
            var numbers = new float[rows.Length * 784];
            for (int i = 0; i < rows.Length; i++)
                taken.CopySample(i, numbers.AsSpan(784 * i, 784));
            return new(part.Name, new FloatFeatures(numbers, [28, 28, 1]),
                new ClassTargets([.. rows.Select(part.Label)], ["0", "1", "2"]));
        }
    }

    static DataSplits Only(DataSplits parts, params string[] kinds)
    {
        return new(Part(parts.Train), Test: Part(parts.Test!));

        Dataset Part(Dataset part) => part.Part(part.Name, [.. Enumerable.Range(0, part.Count)
            .Where(i => kinds.Contains(part.Classes[part.Label(i)]))]);
    }
}
