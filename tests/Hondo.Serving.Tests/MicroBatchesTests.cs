namespace Hondo.Serving.Tests;

public sealed class MicroBatchesTests
{
    const int Rows = 64;

    public static TheoryData<string> Models => ["planned", "layer by layer"];

    // A convolutional network has a plan; softmax is run layer by layer.
    static Layer Model(string kind) => kind == "planned"
        ? new Sequential(new Conv2d(1, 4, kernel: 3, padding: 1), new Relu(), new MaxPool2d(2), new Flatten(),
            new Linear(36, 5))
        : new Sequential(new Flatten(), new Linear(36, 7), new Relu(), new Linear(7, 5), new Softmax());

    static Tensor Row(int row, params int[] batch) => Tensor.Of(
        [.. Enumerable.Range(0, 36).Select(i => MathF.Sin(i + 37 * row))], [.. batch, 6, 6, 1]);

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Samples_that_are_batched_give_the_same_bits_as_alone(string kind)
    {
        var model = new HondoModel(Model(kind), null,
            new() { MaxBatch = 16, MaxDelay = TimeSpan.FromMilliseconds(1) });
        Task<Tensor>[] tasks = [.. Enumerable.Range(0, Rows).Select(row =>
            Task.Run(() => model.PredictAsync(Row(row))))];
        for (int row = 0; row < Rows; row++)
            Assert.Equal(model.Predictor.Forward(Row(row, 1)).ToArray<float>(), (await tasks[row]).ToArray<float>());
        Assert.Equal(5, (await tasks[0]).Size);
    }

    [Fact]
    public async Task A_sample_that_does_not_fit_fails_alone()
    {
        var model = new HondoModel(Model("planned"));
        Task<Tensor> good = model.PredictAsync(Row(1));
        Task<Tensor> bad = model.PredictAsync(Tensor.Ones([5, 5, 2]));
        await Assert.ThrowsAsync<ShapeException>(() => bad);
        Assert.Equal(5, (await good).Size);
    }

    [Fact]
    public async Task A_cancelled_request_is_taken_out_of_the_queue()
    {
        var model = new HondoModel(Model("planned"), null, new() { MaxDelay = TimeSpan.FromSeconds(30) });
        using var source = new CancellationTokenSource();
        Task<Tensor> task = model.PredictAsync(Row(1), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => task);
    }

    [Fact]
    public void Options_out_of_range_are_refused() => Assert.Contains("MaxBatch is a number of samples from 1",
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new HondoModel(Model("planned"), null, new() { MaxBatch = 0 })).Message, StringComparison.Ordinal);
}
