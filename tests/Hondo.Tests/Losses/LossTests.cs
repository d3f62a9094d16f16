using Hondo.Layers;
using Hondo.Losses;
using Hondo.Ops;
using Hondo.Tensors;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using Linear = Hondo.Layers.Linear;
using ProbabilityCrossEntropy = Hondo.Losses.ProbabilityCrossEntropy;
using Sigmoid = Hondo.Layers.Sigmoid;
using Softmax = Hondo.Layers.Softmax;

namespace Hondo.Tests.Losses;

public sealed class LossTests
{
    static readonly Tensor Outputs = Tensor.Of([3.0, -1, 0.5, 2], [4, 1]), Targets = Tensor.Of([1.0, -1, 1, 5], [4, 1]);

    public static TheoryData<Loss, double> Values => new()
    {
        { new MeanSquaredError(), (4 + 0 + 0.25 + 9) / 4 },
        { new HalfMeanSquaredError(), (4 + 0 + 0.25 + 9) / 8 },
        { new MeanAbsoluteError(), (2 + 0 + 0.5 + 3) / 4 },
        { new Huber(), (1.5 + 0 + 0.125 + 2.5) / 4 },
        { new Huber(delta: 2), (2 + 0 + 0.125 + 4) / 4 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Losses_of_regressions_are_their_formulas(Loss loss, double value) =>
        Assert.Equal(value, loss.Compute(Outputs, Targets).Item, 1e-12);

    [Fact]
    public void Half_the_squared_error_counts_rows_not_numbers()
    {
        Tensor outputs = Tensor.Of(new[,] { { 1.0, 2 }, { 3, 4 } });
        Tensor zeros = Tensor.Zeros([2, 2], DType.Float64);
        Assert.Equal((1 + 4 + 9 + 16) / 4.0, new HalfMeanSquaredError().Compute(outputs, zeros).Item);
    }

    [Fact]
    public void A_huge_delta_makes_Huber_half_the_squared_error() => Assert.Equal(
        new HalfMeanSquaredError().Compute(Outputs, Targets).Item,
        new Huber(1e6).Compute(Outputs, Targets).Item, 1e-12);

    [Fact]
    public void Hinge_asks_for_a_margin_of_one_on_the_right_side()
    {
        Tensor scores = Tensor.Of([2.0, 0.5, -3, 0.5], [4, 1]), truth = Tensor.Of([1.0, 1, 0, 0], [4, 1]);
        Assert.Equal((0 + 0.5 + 0 + 1.5) / 4, new Hinge().Compute(scores, truth).Item, 1e-12);
    }

    public static TheoryData<Loss> OfNumbers =>
        [new MeanSquaredError(), new HalfMeanSquaredError(), new MeanAbsoluteError(), new Huber(), new Hinge()];

    [Theory]
    [MemberData(nameof(OfNumbers))]
    public void Shapes_that_would_broadcast_are_refused(Loss loss)
    {
        var error = Assert.Throws<ShapeException>(() => loss.Compute(Outputs, Tensor.Zeros([4], DType.Float64)));
        Assert.Contains(
            "got predictions [4, 1] and targets [4]: they must have one shape. Reshape the target to [4, 1]",
                error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0.126928011)]
    [InlineData(-1000, 1000)]
    [InlineData(1000, 0)]
    public void Binary_cross_entropy_of_scores_stays_finite(double score, double loss) => Assert.Equal(loss,
        new BinaryCrossEntropy().Compute(Tensor.Of([score], [1, 1]), Tensor.Of([1.0], [1, 1])).Item, 1e-8);

    [Fact]
    public void Scores_and_their_probabilities_have_the_same_loss()
    {
        var ofScores = new BinaryCrossEntropy();
        Tensor truth = Tensor.Of([1.0, 0, 1, 0], [4, 1]);
        Assert.Equal(ofScores.Compute(Outputs, truth).Item,
            new ProbabilityCrossEntropy().Compute(ofScores.Predict(Outputs), truth).Item, 1e-12);
    }

    [Fact]
    public void Labels_and_one_hot_rows_have_the_same_loss()
    {
        Tensor scores = Tensor.Of(new[,] { { 1.0, 2, -1 }, { 0.5, 0, 3 } });
        Tensor oneHot = Tensor.Of(new[,] { { 0.0, 1, 0 }, { 1, 0, 0 } });
        foreach (double smoothing in new[] { 0, 0.1 })
            Assert.Equal(new CrossEntropy(smoothing: smoothing).Compute(scores, Tensor.Of([1, 0])).Item,
                new CrossEntropy(smoothing: smoothing).Compute(scores, oneHot).Item, 1e-12);
    }

    [Fact]
    public void Ignored_rows_and_weights_change_what_counts()
    {
        Tensor scores = Tensor.Of(new[,] { { 1.0, 2, -1 }, { 0.5, 0, 3 } }), labels = Tensor.Of([1, 0]);
        double first = new CrossEntropy().Compute(Tensor.Of(new[,] { { 1.0, 2, -1 } }), Tensor.Of([1])).Item;
        Assert.Equal(first, new CrossEntropy(ignored: -100).Compute(scores, Tensor.Of([1, -100])).Item, 1e-12);
        Assert.Equal(first, new CrossEntropy(weights: [0, 1, 1]).Compute(scores, labels).Item, 1e-12);
        Assert.Equal(2 * new CrossEntropy().Compute(scores, labels).Item,
            new CrossEntropy(reduce: Reduce.Sum).Compute(scores, labels).Item, 1e-12);
    }

    [Fact]
    public void Class_weights_work_inside_steps_and_in_both_types()
    {
        var loss = new CrossEntropy(weights: [1, 2]);
        for (int i = 0; i < 2; i++)
        {
            using var step = Tape.Begin();
            Tensor scores = Tape.Watch(Tensor.Of(new[,] { { 1f, 2 } }));
            loss.Compute(scores, Tensor.Of([1])).Backward();
            Assert.Equal(0, scores.Gradient.ToArray<double>().Sum(), 1e-6);
        }
    }

    [Fact]
    public void A_softmax_before_cross_entropy_is_an_error_that_says_so()
    {
        var model = new Sequential(new Linear(2, 3), new Softmax());
        var error = Assert.Throws<InvalidOperationException>(
            () => new CrossEntropy().Compute(model.Forward(Tensor.Ones([4, 2])), Tensor.Of([0, 1, 2, 0])));
        Assert.StartsWith(
            "CrossEntropy takes raw scores and applies the Softmax itself", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new BinaryCrossEntropy().Compute(
            new Sigmoid().Forward(Tensor.Ones([4, 1])), Tensor.Zeros([4, 1])));
    }

    [Fact]
    public void A_label_outside_the_classes_is_an_error_that_names_it()
    {
        var error = Assert.ThrowsAny<ArgumentException>(
            () => new CrossEntropy().Compute(Tensor.Ones([2, 3]), Tensor.Of([0, 3])));
        Assert.Contains("label 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_no_single_number_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CrossEntropy(reduce: Reduce.None));

    [Fact]
    public void Losses_print_as_the_code_that_makes_them()
    {
        Assert.Equal("MeanSquaredError()", new MeanSquaredError().ToString());
        Assert.Equal("Huber(delta: 0.5)", new Huber(0.5).ToString());
    }
}
