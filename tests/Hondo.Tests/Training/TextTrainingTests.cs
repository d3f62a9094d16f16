using Hondo.Data;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Models;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Tests.Kernels;
using Hondo.Tests.Models;
using Hondo.Training;

namespace Hondo.Tests.Training;

[Collection(nameof(WorkersTests))]
public sealed class TextTrainingTests
{
    static readonly string Text = string.Concat(Enumerable.Repeat("the cat sat on the mat, the dog ate a frog\n", 40));

    static DataSplits Parts(int window = 10, int streams = 4) =>
        TextData.Of("cats", Text, new() { Window = window, Streams = streams, Split = new(80, 10, 10) });

    static Layer Model(DataSplits data) => new Elman(data.Train.Classes.Count, 24).Initialize(1);

    static Trainer Trainer(Layer model, int epochs, params Callback[] callbacks) =>
        new(model, new TokenCrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = epochs,
            Callbacks = callbacks,
        };

    [Fact]
    public void A_network_learns_a_text_and_says_it()
    {
        DataSplits data = Parts();
        Layer model = Model(data);
        List<string> samples = [];
        History history = Trainer(model, 20, new TextSamples((_, sample) => samples.Add(sample),
            new() { Length = 40, Temperature = 0 })).Fit(data);
        Assert.Equal(["loss", "bits per character", "perplexity", "dev loss", "dev bits per character",
            "dev perplexity"], history.Names);
        Assert.True(history["dev loss"][^1] < 0.4);
        Assert.Equal(history["dev loss"][^1] / Math.Log(2), history["dev bits per character"][^1], 1e-9);
        Assert.Equal(Math.Exp(history["dev loss"][^1]), history["dev perplexity"][^1], 1e-9);
        Assert.Equal(20, samples.Count);
        Assert.Contains("on the mat", samples[^1], StringComparison.Ordinal);
        Assert.Equal(((TokenWindows)data.Train.Features).Layout.Targets, history[0].Train.Samples);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void Measured_in_windows_of_any_length_a_text_has_the_loss_of_one_long_run(int window)
    {
        int[] tokens = Characters.Of(Text).Encode(Text[..301]);
        Layer model = Model(Parts()).Initialize(1);
        double Loss(int length) => new Evaluator(model, new TokenCrossEntropy(), [], TextData.Whole("cats", tokens,
            Characters.Of(Text), new() { Window = length, Streams = 1 })).Measure().Loss;
        Assert.Equal(Loss(300), Loss(window), 1e-6);
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    [InlineData("rnn")]
    public void A_thousand_windows_of_one_token_give_the_bits_of_one_long_run(string cell)
    {
        Layer model = CharRnn.Of(cell, 20, hidden: 19, layers: 2).Initialize(5);
        int[] tokens = [.. Enumerable.Range(0, 1000).Select(i => i * i % 20)];
        float[] whole = model.Forward(Tensor.Of(tokens, [1, 1000])).ToArray<float>();
        var memory = new RecurrentState(model, streams: 1);
        using var reading = memory.Begin();
        for (int t = 0; t < 1000; t++)
            Assert.Equal(whole[(t * 20)..(t * 20 + 20)],
                model.Forward(Tensor.Of(tokens[t..(t + 1)], [1, 1])).ToArray<float>());
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void A_step_of_text_allocates_nothing(string cell)
    {
        DataSplits data = Parts(window: 5, streams: 2);
        Layer model = CharRnn.Of(cell, data.Train.Classes.Count, hidden: 9, layers: 2, dropout: 0.2).Initialize(1);
        var counter = new AllocationCounter();
        Trainer(model, 1).Fit(new(data.Train));
        Trainer(model, 1, counter).Fit(new(data.Train));
        Assert.InRange(counter.Steps, 100, 1000);
        Assert.Equal(0, counter.Bytes);
    }

    [Fact]
    public void What_is_remembered_is_forgotten_between_passes()
    {
        DataSplits data = Parts();
        Trainer trainer = Trainer(Model(data), 1);
        Assert.Equal(trainer.Evaluate(data.Dev!).Loss, trainer.Evaluate(data.Dev!).Loss);
        var evaluator = new Evaluator(trainer.Model, trainer.Loss, [], data.Dev!);
        Assert.Equal(evaluator.Measure().Loss, evaluator.Measure().Loss);
    }

    [Fact]
    public void Writing_and_measuring_during_training_change_no_bit_of_it()
    {
        DataSplits data = Parts();
        Layer alone = Model(data), watched = Model(data);
        Trainer(alone, 2).Fit(new(data.Train));
        var generator = new TextGenerator(watched, Characters.Of(Text), 1);
        Trainer(watched, 2, new Recorder(_ => generator.Write(new() { Length = 3 }))).Fit(data);
        Assert.Equal(Tasks.Bits(alone), Tasks.Bits(watched));
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        int before = Workers.Count;
        try
        {
            DataSplits data = Parts();
            byte[][] bits = [.. new[] { 1, 2, 3 }.Select(threads =>
            {
                Workers.Count = threads;
                Layer model = Model(data);
                Trainer(model, 2).Fit(data);
                return Tasks.Bits(model);
            })];
            Assert.Equal(bits[0], bits[1]);
            Assert.Equal(bits[0], bits[2]);
        }
        finally
        {
            Workers.Count = before;
        }
    }

    [Theory]
    [InlineData(null, 50, "RmsProp")]
    [InlineData("char-gru", 50, "RmsProp")]
    [InlineData("char-transformer(layers: 3)", 128, "AdamW")]
    [InlineData("Sequential(Embedding(9, 8), MultiHeadAttention(8, 2, causal: true), Linear(8, 9))", 128, "AdamW")]
    public void What_carries_nothing_between_windows_gets_long_ones(string? model, int window, string optimizer)
    {
        Assert.Equal(window, Recipe.TextFor(model).Window);
        Assert.StartsWith(optimizer, Recipe.For(Parts(), model).Optimizer, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_need_a_text() => Assert.Throws<InvalidOperationException>(() =>
        Tasks.Trainer(Tasks.Mlp(), 1, 16, new TextSamples((_, _) => { })).Fit(Tasks.Parts()));
}
