using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class EmbeddingTests
{
    [Fact]
    public void An_embedding_of_what_are_no_tokens_is_explained() =>
        Assert.Contains("looks up tokens, Int32 numbers of a text, but got Float32", Assert.Throws<ShapeException>(() =>
            new Embedding(4, 3).Forward(Tensor.Ones([2, 3]))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_row_of_the_padding_is_zero_and_stays_so()
    {
        var layer = new Embedding(4, 3, padding: 2);
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor y = layer.Forward(Tensor.Of([0, 2, 1, 2]));
        Assert.All(y.ToArray<float>()[3..6], number => Assert.Equal(0, number));
        y.Sum().Backward();
        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0], layer.Weight.Gradient.ToArray<float>());
    }

    [Fact]
    public void The_padding_is_one_of_the_tokens() => Assert.Contains("one of its 5 tokens, from 0 to 4",
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(5, 2, padding: 5)).Message,
        StringComparison.Ordinal);
}
