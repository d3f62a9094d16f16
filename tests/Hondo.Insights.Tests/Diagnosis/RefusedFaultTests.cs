using Hondo.Data;
using Hondo.Ops;
using Hondo.Tensors;
using CrossEntropy = Hondo.Losses.CrossEntropy;
using Layer = Hondo.Layers.Layer;
using Linear = Hondo.Layers.Linear;
using Sequential = Hondo.Layers.Sequential;
using Sigmoid = Hondo.Layers.Sigmoid;
using Softmax = Hondo.Layers.Softmax;

namespace Hondo.Insights.Tests;

/// <summary>Planted faults that never come as far as a finding: they are refused, by name, where they enter.</summary>
public sealed class RefusedFaultTests
{
    [Fact]
    public void A_NaN_in_a_column_is_refused_with_row_and_column() => Refused<DataFormatException>(
        () => new Dataset("shop", new FloatFeatures([1, 2, 3, float.NaN], [2], ["size", "price"]),
            new ClassTargets([0, 1], ["a", "b"])), "shop", "row 1", "price", "NaN or infinite");

    [Fact]
    public void An_infinite_target_is_refused_with_its_row() => Refused<DataFormatException>(
        () => new RegressionTargets([1, float.PositiveInfinity], ["price"], "shop"), "row 1", "price");

    [Fact]
    public void A_label_beyond_the_classes_is_refused_with_its_row() => Refused<DataFormatException>(
        () => new ClassTargets([0, 1, 7], ["a", "b"], "shop"), "row 2", "the label is 7", "2 classes");

    [Fact]
    public void A_label_beyond_the_outputs_is_refused_with_both() => Refused<ArgumentOutOfRangeException>(
        () => Train(new Linear(20, 2)), "has label 2", "2 classes", "as many outputs as");

    [Fact]
    public void Softmax_before_cross_entropy_is_refused_with_its_layer() => Refused<InvalidOperationException>(
        () => Train(new Linear(20, 3), new Softmax()), "Softmax", "(layer 1)");

    [Fact]
    public void Sigmoid_before_cross_entropy_of_two_is_refused_with_its_layer() => Refused<InvalidOperationException>(
        () => Patients.Examine(new(Patients.Numbers(60, 4, x => x[0] > 0 ? 1 : 0)), new Sequential(new Linear(4, 1),
            new Sigmoid()), new Hondo.Losses.BinaryCrossEntropy(), Patients.Adam()), "Sigmoid", "(layer 1)");

    [Fact]
    public void Targets_that_would_broadcast_are_refused() => Refused<ShapeException>(
        () => Tensor.Of([1f, 2f, 3f], [3, 1]).SquaredError(Tensor.Of([1f, 2f, 3f])), "[3, 1]", "[3]");

    [Fact]
    public void Test_rows_that_are_trained_on_are_refused() => Refused<DataFormatException>(() =>
    {
        Dataset all = Tasks.Clouds(90);
        return Patients.Examine(new(all, Test: all.Take(30)), new Linear(20, 3), new CrossEntropy(), Patients.Adam());
    }, "train");

    static object Train(params Layer[] layers) => Patients.Examine(new(Tasks.Clouds(90)), new Sequential(layers),
        new CrossEntropy(), Patients.Adam());

    static void Refused<TError>(Func<object> plant, params string[] says) where TError : Exception
    {
        string message = Assert.Throws<TError>(plant).Message;
        Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
