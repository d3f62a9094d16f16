using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class NormalizationTests
{
    [Fact]
    public void Training_features_get_mean_0_and_deviation_1()
    {
        DataSplits parts = Split.Usual.Of(Datasets.Iris());
        float[] normalized = AllInputs(parts.Train, Normalization.Fit(parts.Train));
        for (int feature = 0; feature < 4; feature++)
        {
            double[] column = [.. normalized.Where((_, i) => i % 4 == feature).Select(x => (double)x)];
            double mean = column.Average();
            Assert.InRange(mean, -1e-6, 1e-6);
            Assert.InRange(Math.Sqrt(column.Average(x => (x - mean) * (x - mean))), 1 - 1e-6, 1 + 1e-6);
        }
    }

    [Fact]
    public void It_is_fitted_on_the_training_part_only()
    {
        float[] values = [1, 2, 3, 1000, 2000];
        var data = new Dataset("mine", new FloatFeatures(values, [1]), new RegressionTargets(values, ["y"]));
        Normalization fitted = Normalization.Fit(data.Part("train", [0, 1, 2]));
        Assert.Equal(2, fitted.Mean[0]);
        Assert.Equal(Math.Sqrt(2 / 3.0), fitted.Deviation[0], 6);
    }

    [Fact]
    public void A_constant_feature_becomes_0_and_never_NaN()
    {
        // 0.1 is not a binary fraction: the mean of many copies differs from it in the last bit.
        float[] values = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.1f : i)];
        var data = new Dataset("mine", new FloatFeatures(values, [2]), new RegressionTargets(new float[100], ["y"]));
        Normalization fitted = Normalization.Fit(data);
        Assert.Equal(0, fitted.Deviation[0]);
        Assert.All(AllInputs(data, fitted).Where((_, i) => i % 2 == 0), x => Assert.Equal(0, x));
        float[] unseen = [7, 8];
        fitted.Apply(unseen);
        Assert.Equal(0, unseen[0]);
    }

    [Fact]
    public void A_small_spread_around_a_large_mean_survives()
    {
        float[] values = [1e6f, 1e6f + 1, 1e6f + 2];
        var data = new Dataset("mine", new FloatFeatures(values, [1]), new RegressionTargets(values, ["y"]));
        float[] normalized = AllInputs(data, Normalization.Fit(data));
        Assert.Equal(-1.2247449f, normalized[0], 1e-6f);
        Assert.Equal(0, normalized[1]);
        Assert.Equal(1.2247449f, normalized[2], 1e-6f);
    }

    [Fact]
    public void Images_have_one_mean_for_each_channel()
    {
        var images = new ByteFeatures([0, 255, 51, 255, 102, 0, 153, 0], [2, 1, 2]);
        Normalization fitted = Normalization.Fit(new Dataset("mine", images, new ClassTargets([0, 0], ["only"])));
        Assert.Equal([0.3f, 0.5f], fitted.Mean.ToArray());
        Assert.Equal(0.5f, fitted.Deviation[1]);
    }

    [Fact]
    public void The_batch_has_what_Apply_gives()
    {
        Dataset train = Datasets.Digits().Train.Take(50);
        Normalization fitted = Normalization.FitWhole(train);
        float[] batch = AllInputs(train, fitted);
        var sample = new float[784];
        for (int i = 0; i < train.Count; i++)
        {
            train.CopySample(i, sample);
            fitted.Apply(sample);
            for (int at = 0; at < sample.Length; at++)
                Assert.Equal(sample[at], batch[i * 784 + at], 1e-5f);
        }
    }

    [Fact]
    public void Text_gives_back_every_bit()
    {
        Normalization fitted = Normalization.FitEachNumber(Datasets.Digits().Train.Take(200));
        Normalization read = Normalization.Parse(fitted.ToText());
        Assert.Equal(fitted.Mean.ToArray(), read.Mean.ToArray());
        Assert.Equal(fitted.Deviation.ToArray(), read.Deviation.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"mean\":[1]}")]
    [InlineData("{\"mean\":[1],\"deviation\":[1,2]}")]
    [InlineData("{\"mean\":[1],\"deviation\":[-1]}")]
    [InlineData("{\"mean\":[\"a\"],\"deviation\":[1]}")]
    [InlineData("{\"mean\":[1e99],\"deviation\":[1]}")]
    public void A_text_that_is_no_normalization_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Normalization.Parse(text));

    [Fact]
    public void Samples_of_another_width_are_refused()
    {
        var fitted = new Normalization([1, 2, 3], [1, 1, 1]);
        Assert.Throws<ArgumentException>(() => fitted.Apply(new float[4]));
        Assert.Throws<ArgumentException>(() => AllInputs(Datasets.Iris().Train, fitted));
    }

    [Fact]
    public void Counting_bytes_gives_what_summing_numbers_gives()
    {
        Dataset images = Datasets.Digits().Train.Take(300);
        var numbers = new float[300 * 784];
        for (int i = 0; i < 300; i++)
            images.CopySample(i, numbers.AsSpan(i * 784, 784));
        var same = new Dataset("same", new FloatFeatures(numbers, [28, 28, 1]),
            new RegressionTargets(new float[300], ["y"]));
        foreach (int features in new[] { 1, 28, 784 })
        {
            (double[] mean, double[] deviation) = images.Features.Moments(images, features);
            (double[] sameMean, double[] sameDeviation) = same.Features.Moments(same, features);
            for (int f = 0; f < features; f++)
            {
                Assert.Equal(sameMean[f], mean[f], 1e-7);
                Assert.Equal(sameDeviation[f], deviation[f], 1e-7);
            }
        }
    }

    [NamedDataFact("mnist")]
    public void Mnist_has_the_known_mean_and_deviation()
    {
        Normalization fitted = Normalization.Fit(Datasets.Find("mnist").Open().Train);
        Assert.Equal(0.130660, fitted.Mean[0], 6);
        Assert.Equal(0.308108, fitted.Deviation[0], 6);
    }

    static float[] AllInputs(Dataset data, Normalization normalization)
    {
        var batches = new Batches(data, new()
        {
            Size = data.Count,
            Order = BatchOrder.AsStored,
            Normalization = normalization,
        });
        foreach ((Tensor inputs, _) in batches)
            return inputs.Values<float>().ToArray();
        return [];
    }
}
