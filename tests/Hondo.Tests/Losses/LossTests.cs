using Hondo.Losses;
using Hondo.Tensors;

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
        Assert.Equal((1 + 4 + 9 + 16) / 4.0,
            new HalfMeanSquaredError().Compute(outputs, Tensor.Zeros([2, 2], DType.Float64)).Item);
    }

    [Fact]
    public void A_huge_delta_makes_Huber_half_the_squared_error() => Assert.Equal(
        new HalfMeanSquaredError().Compute(Outputs, Targets).Item, new Huber(1e6).Compute(Outputs, Targets).Item,
            1e-12);

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
        Assert.Equal(
            $"{loss} got outputs [4, 1] and targets [4]: they must have one shape. Reshape the targets to [4, 1]: as "
            + "they are, broadcasting would compare every output with every target.", error.Message);
        Assert.EndsWith("Give the model's last layer as many outputs as a target has numbers.",
            Assert.Throws<ShapeException>(
            () => loss.Compute(Outputs, Tensor.Zeros([4, 2], DType.Float64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Losses_print_as_the_code_that_makes_them()
    {
        Assert.Equal("MeanSquaredError()", new MeanSquaredError().ToString());
        Assert.Equal("Huber(delta: 0.5)", new Huber(0.5).ToString());
    }
}
