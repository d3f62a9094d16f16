using Microsoft.Extensions.DependencyInjection;

namespace Hondo.Serving.Tests;

public sealed class HondoModelTests : IDisposable
{
    readonly string _path = Path.Combine(Path.GetTempPath(), $"hondo-{Guid.NewGuid():N}.safetensors");
    readonly Sequential _model = new(new Linear(4, 8), new Tanh(), new Linear(8, 3));

    public HondoModelTests() => _model.Initialize(7);

    public void Dispose() => File.Delete(_path);

    static float[] Sample(int i) => [i, 0.5f * i, -i, 3];

    static HondoModel Served(IServiceCollection services) =>
        services.BuildServiceProvider().GetRequiredService<HondoModel>();

    [Fact]
    public async Task A_file_is_served_as_one_singleton_with_its_normalization_and_classes()
    {
        var scale = new Normalization([1f, 2f, 3f, 4f], [2f, 2f, 2f, 2f]);
        ModelFile.Save(_model, _path, new()
        {
            InputShape = [4],
            ClassNames = ["a", "b", "c"],
            Normalization = scale.ToText(),
        });
        ServiceProvider services = new ServiceCollection().AddHondoModel(_path).BuildServiceProvider();
        HondoModel served = services.GetRequiredService<HondoModel>();
        Assert.Same(served, services.GetRequiredService<HondoModel>());
        float[] sample = Sample(3), normalized = Sample(3);
        scale.Apply(normalized);
        Tensor expected = _model.Forward(Tensor.Of(normalized, [1, 4])).Softmax();
        Classification found = await served.ClassifyAsync(sample);
        Assert.Equal(expected.ToArray<float>(), found.Probabilities.Select(p => p), (a, b) => Math.Abs(a - b) < 1e-6);
        int best = expected.ArgMax().ToArray<int>()[0];
        Assert.Equal((best, "abc"[best].ToString()), (found.Label, found.Class));
        Assert.Equal(Sample(3), sample);
    }

    [Fact]
    public async Task Requests_of_many_threads_have_the_bits_that_each_has_alone()
    {
        HondoModel served = Served(new ServiceCollection().AddHondoModel(_model, options => options.MaxBatch = 16));
        float[][] alone = [.. Enumerable.Range(0, 500).Select(i =>
            served.Predictor.Forward(Tensor.Of(Sample(i), [1, 4])).ToArray<float>())];
        await Parallel.ForAsync(0, 500, async (i, cancellation) =>
            Assert.Equal(alone[i], (await served.PredictAsync(Sample(i), cancellation)).ToArray<float>()));
    }

    [Fact]
    public async Task Several_models_are_told_apart_by_name()
    {
        ModelFile.Save(_model, _path, new() { ClassNames = ["a", "b", "c"] });
        ServiceProvider services = new ServiceCollection().AddKeyedHondoModel("first", _path)
            .AddKeyedHondoModel("second", _path, options => options.MaxBatch = 2).BuildServiceProvider();
        HondoModel second = services.GetRequiredKeyedService<HondoModel>("second");
        Assert.Equal(2, second.MaxBatch);
        Assert.NotSame(services.GetRequiredKeyedService<HondoModel>("first"), second);
        Assert.Equal(3, (await second.ClassifyAsync(Sample(1))).Probabilities.Count);
    }

    [Fact]
    public void A_missing_file_stops_the_service_at_its_start() => Assert.Contains("nowhere.safetensors",
        Assert.Throws<DataFormatException>(() => new ServiceCollection().AddHondoModel("nowhere.safetensors")).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_sample_of_another_length_is_refused_before_it_is_queued()
    {
        HondoModel served = Served(new ServiceCollection().AddHondoModel(_model, options => options.InputShape = [4]));
        Assert.Contains("[4]", (await Assert.ThrowsAsync<ArgumentException>(() =>
            served.PredictAsync(new float[5]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<TaskCanceledException>(() =>
            served.PredictAsync(Sample(1), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task One_output_trained_by_binary_cross_entropy_is_two_classes()
    {
        var yesOrNo = new Sequential(new Linear(4, 1));
        yesOrNo.Initialize(3);
        var served = new HondoModel(yesOrNo, new() { Loss = "BinaryCrossEntropy()", ClassNames = ["no", "yes"] });
        Classification found = await served.ClassifyAsync(Sample(2));
        double yes = yesOrNo.Forward(Tensor.Of(Sample(2), [1, 4])).Sigmoid().Item;
        Assert.Equal(yes, found.Probabilities[1], 1e-6);
        Assert.Equal(yes > 0.5 ? "yes" : "no", found.Class);
        Assert.Equal(1, found.Probabilities.Sum(), 1e-6);
    }
}
