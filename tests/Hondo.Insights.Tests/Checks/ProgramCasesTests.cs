using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Insights.Tests;

/// <summary>Programs from practice that were written wrongly: each is told so, or gets the right number.</summary>
public sealed class ProgramCasesTests
{
    static readonly (string Name, Func<object?> Do, string Said)[] Wrong =
    [
        ("cross-entropy on a number", () => Fit(new CrossEntropy(), Linear(1), Numbers(100, 1, 1000)),
            "CrossEntropy() needs classes or shares of 1, but the target y0 is "),
        ("cross-entropy on numbers that are no shares", () => Fit(new CrossEntropy(), Linear(3), Numbers(100, 3, 1000)),
            "For numbers use MeanSquaredError"),
        ("binary cross-entropy on numbers", () => Fit(new BinaryCrossEntropy(), Linear(1), Numbers(100, 1, 1000)),
            "BinaryCrossEntropy() needs 0 and 1, but the target y0 is "),
        ("a feature that is no number", () => new Dataset("d", new FloatFeatures([1, float.NaN, 3], [1]),
            new ClassTargets([0, 1, 0], ["a", "b"])), "row 1 (counted from 0), feature 0: the number is NaN or inf"),
        ("labels from 1", () => new ClassTargets([1, 2, 3], ["a", "b", "c"]),
            "the label is 3, but there are 3 classes: 0 to 2"),
        ("rows that differ", () => new Dataset("d", new FloatFeatures([1, 2, 3], [1]), new ClassTargets([0, 1],
            ["a", "b"])), "there are 3 samples but 2 targets"),
        ("numbers that are no whole samples", () => new FloatFeatures([1, 2, 3, 4, 5], [2]),
            "5 numbers are not a whole count of samples [2]"),
        ("no rows", () => new Dataset("d", new FloatFeatures([], [2]), new ClassTargets([], ["a", "b"])),
            "there are no samples"),
        ("a split that leaves nothing", () => Split.Usual.Of(new DataSplits(Classes(3, 3)), seed: 1),
            "of 3 samples leaves the test part empty"),
        ("too few weights of classes", () => Fit(new CrossEntropy(weights: [1, 2]), Linear(3), Classes(30, 3)),
            "the weights must be one for each class, [3]"),
        ("the optimizer of another model", () => new Trainer(Linear(2), new CrossEntropy(),
            new Adam(Linear(2).Parameters, 0.1)) { Epochs = 1, Progress = null }.Fit(new DataSplits(Classes(60, 2))),
            "is in the loss but in no optimizer: it would never be trained"),
        ("samples of another width", () => Fit(new CrossEntropy(), new Linear(5, 2), Classes(60, 2)),
            "Linear(5, 2) needs 5 input features, but got [batch 16, features 3]"),
        ("fewer outputs than classes", () => Fit(new CrossEntropy(), Linear(2), Classes(60, 3)),
            "has label 2, but there are 2 classes, 0 to 1"),
        ("a softmax before cross-entropy", () => Fit(new CrossEntropy(), new Sequential(Linear(2), new Softmax()),
            Classes(60, 2)), "takes raw scores and applies the Softmax itself"),
        ("a score that nobody measures", () => Fit(new CrossEntropy(), Linear(2), Classes(60, 2), 16,
            new EarlyStopping("val_loss", 3)), "There is no 'val_loss' to compare epochs by: there are loss, accuracy"),
    ];

    /// <summary>The names of the programs that are told what is wrong.</summary>
    public static TheoryData<string> Names() => [.. Wrong.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_wrong_is_told(string name)
    {
        (_, Func<object?> act, string said) = Wrong.First(one => one.Name == name);
        Exception error = Assert.ThrowsAny<Exception>(act);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("targets of a million", "a network answers with numbers around 1 at first")]
    [InlineData("a batch norm at batch 1", "sees one number for each channel at batch size 1")]
    [InlineData("a learning rate of 0", "with a learning rate of 0")]
    public void What_cannot_be_learned_so_is_found(string what, string said)
    {
        var deep = new Sequential(new Linear(3, 32), new Relu(), new Linear(32, 1));
        var norm = new Sequential(new Linear(3, 4), new BatchNorm(4), new Relu(), new Linear(4, 2));
        History history = what switch
        {
            "targets of a million" => Fit(new MeanSquaredError(), deep, Numbers(300, 1, 1e6f), 16, new Diagnosis()),
            "a batch norm at batch 1" => Fit(new CrossEntropy(), norm, Classes(150, 2), 1, new Diagnosis()),
            _ => Fit(new CrossEntropy(), Linear(2), Classes(300, 2), 16, 0, new Diagnosis()),
        };
        Assert.Contains(history.Findings, finding => finding.Message.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_classes_are_learned_with_one_output()
    {
        History history = Fit(new BinaryCrossEntropy(), Linear(1), Classes(100, 2), 16, 0.05);
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    [Fact]
    public void Several_outputs_are_learned_saved_and_loaded()
    {
        Layer model = Linear(2);
        Fit(new MeanSquaredError(), model, Numbers(200, 2, 1), 16, 0.05);
        string path = Path.GetTempFileName();
        try
        {
            ModelFile.Save(model, path, new ModelCard { InputShape = [3], Loss = "MeanSquaredError()" });
            // y0 = x0 + x1 and y1 = 2 x0 + x1 - 1.
            Assert.All(ModelFile.Load(path).Model.Forward(Tensor.Of([1f, 1, 1], [1, 3])).ToArray<float>(),
                y => Assert.Equal(2, y, 0.05));
            Assert.Contains("this file is of another model", Assert.Throws<DataFormatException>(() =>
                ModelFile.Load(path, new Sequential(new Linear(3, 4)))).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Early_stopping_gives_the_best_weights_back_and_measuring_changes_nothing()
    {
        DataSplits all = Split.Usual.Of(new DataSplits(Classes(120, 2)), seed: 1);
        var model = new Sequential(new Linear(3, 64), new Relu(), new Dropout(0.5), new Linear(64, 2));
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.05))
        {
            Epochs = 60, BatchSize = 8, Progress = null, Callbacks = [new EarlyStopping("dev loss", 3)],
        };
        History history = trainer.Fit(all);
        double[] twice = [trainer.Evaluate(all.Dev!).Loss, trainer.Evaluate(all.Dev!).Loss];
        Assert.Equal([history["dev loss"].Min(), history["dev loss"].Min()], twice);
        Tensor x = Tensor.Of([1f, 2, 3], [1, 3]);
        Assert.Equal(model.Forward(x).ToArray<float>(), model.Forward(x).ToArray<float>());
    }

    [Fact]
    public void A_second_fit_goes_on_where_the_first_ended()
    {
        Layer model = Linear(2);
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.02))
        {
            Epochs = 3, Progress = null,
        };
        double[] losses = [.. trainer.Fit(new(Classes(60, 2)))["loss"], .. trainer.Fit(new(Classes(60, 2)))["loss"]];
        Assert.Equal(losses.OrderDescending(), losses);
    }

    static History Fit(Loss loss, Layer model, Dataset data, int batch = 16, params Callback[] callbacks) =>
        Fit(loss, model, data, batch, 0.001, callbacks);

    static History Fit(Loss loss, Layer model, Dataset data, int batch, double rate, params Callback[] callbacks) =>
        new Trainer(model, loss, new Adam(model.Parameters, rate))
        {
            Epochs = 20, BatchSize = batch, Progress = null, Callbacks = callbacks,
        }.Fit(new DataSplits(data));

    static Sequential Linear(int outputs)
    {
        var model = new Sequential(new Linear(3, outputs));
        model.Initialize(1);
        return model;
    }

    static Dataset Numbers(int count, int outputs, float scale)
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, 3 * count).Select(_ => 2 * random.NextSingle() - 1)];
        return new("numbers", new FloatFeatures(x, [3]), new RegressionTargets(
            [.. Enumerable.Range(0, count * outputs).Select(i => (Row: i / outputs * 3, Output: i % outputs))
                .Select(at => scale * (x[at.Row] * (at.Output + 1) + x[at.Row + 1] - at.Output))],
            [.. Enumerable.Range(0, outputs).Select(output => $"y{output}")]));
    }

    static Dataset Classes(int count, int classes)
    {
        var random = new Random(1);
        return new("classes", new FloatFeatures([.. Enumerable.Range(0, 3 * count).Select(i =>
            2 * random.NextSingle() - 1 + (i % 3 == 0 ? i / 3 % classes : 0))], [3]),
            new ClassTargets([.. Enumerable.Range(0, count).Select(i => i % classes)],
                [.. Enumerable.Range(0, classes).Select(label => $"c{label}")]));
    }
}
