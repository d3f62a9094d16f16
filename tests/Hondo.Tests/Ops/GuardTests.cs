using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Ops;

/// <summary>Mistakes that would train badly without a word are errors that say how to mend them.</summary>
public sealed class GuardTests
{
    static string Message<TError>(Action action) where TError : Exception => Assert.Throws<TError>(action).Message;

    static readonly Tensor Scores = Tensor.Of([0.1f, 0.7f, 0.2f, 0.3f, 0.3f, 0.4f], [2, 3]);

    [Fact]
    public void Predictions_in_a_column_and_targets_in_a_row_are_not_broadcast()
    {
        string message = Message<ShapeException>(() =>
            Tensor.Ones([4, 1]).SquaredError(Tensor.Ones([4])));
        Assert.Contains("predictions [4, 1] and targets [4]", message, StringComparison.Ordinal);
        Assert.Contains("Reshape the target to [4, 1]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_softmax_before_cross_entropy_is_refused_inside_a_step_and_outside()
    {
        Tensor labels = Tensor.Of([1, 2]).Keep();
        Assert.Contains("Take the Softmax out of the model",
            Message<InvalidOperationException>(() => Scores.Softmax().CrossEntropy(labels)), StringComparison.Ordinal);
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Assert.Contains("Take the Softmax out",
            Message<InvalidOperationException>(() => Scores.Softmax().CrossEntropy(labels)), StringComparison.Ordinal);
        Assert.Contains("Take the Sigmoid out",
            Message<InvalidOperationException>(() => Scores.Sigmoid().BinaryCrossEntropy(Scores)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_outside_the_classes_is_named_with_its_row() => Assert.Contains(
        "row 1 of the batch has label 3, but there are 3 classes, 0 to 2",
        Message<ArgumentOutOfRangeException>(() => Scores.CrossEntropy(Tensor.Of([0, 3]))), StringComparison.Ordinal);

    [Fact]
    public void Whole_numbers_are_not_taken_for_floats() => Assert.Contains("convert it with x.To(DType.Float32)",
        Message<ArgumentException>(() => _ = Tensor.Of([1, 2]) + Tensor.Of([1f, 2])), StringComparison.Ordinal);

    [Fact]
    public void Matrices_that_would_fit_transposed_are_told_so() => Assert.Contains("transposeB: true would fit",
        Message<ShapeException>(() => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([4, 3]))), StringComparison.Ordinal);

    [Fact]
    public void A_batch_with_nothing_counted_has_no_loss_and_no_gradient()
    {
        Parameter scores = Parameter.Of(Scores);
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor loss = scores.Value.CrossEntropy(Tensor.Of([-100, -100]), ignored: -100);
        loss.Backward();
        Assert.Equal(0, loss.Item);
        Assert.All(scores.Gradient.ToArray<float>(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Slices_follow_ranges()
    {
        Tensor x = Tensor.Of([1f, 2, 3, 4, 5, 6], [2, 3]);
        Assert.Equal([3f, 6], x.Slice(.., ^1).ToArray<float>());
        Assert.Equal([1f, 3], x.Slice(0, (..).By(2)).ToArray<float>());
        Assert.Contains("index 2 is outside axis 0 of [2, 3]", Message<ShapeException>(() => x.Slice(2)),
            StringComparison.Ordinal);
        (Tensor first, Tensor second) = x.Split(2, axis: 0);
        Assert.Equal([5f, 7, 9], (first + second).ToArray<float>());
    }
}
