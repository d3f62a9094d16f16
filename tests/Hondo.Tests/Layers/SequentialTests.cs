using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

public sealed class SequentialTests
{
    static Sequential Model() => new(new Flatten(), new Linear(4, 3), new Relu(), new Dropout(0.2), new Linear(3, 2));

    [Fact]
    public void A_model_prints_as_the_code_that_builds_it() => Assert.Equal(
        "Sequential(Flatten(), Linear(4, 3), Relu(), Dropout(0.2), Linear(3, 2))", Model().ToString());

    [Fact]
    public void Parameters_are_named_by_their_place() => Assert.Equal(
        ["1.weight", "1.bias", "4.weight", "4.bias"], Model().Parameters.Select(p => p.Name));

    [Fact]
    public void Layers_can_be_taken_by_index_and_range()
    {
        Sequential model = Model();
        Assert.Equal("Linear(3, 2)", model[^1].ToString());
        Assert.Equal("Sequential(Flatten(), Linear(4, 3))", model[..2].ToString());
        Assert.Equal(5, model.Count);
    }

    [Fact]
    public void Adding_a_layer_changes_no_other_layers_first_weights()
    {
        Layer small = new Sequential(new Linear(4, 3)).Initialize(7);
        Layer large = new Sequential(new Linear(4, 3), new Linear(3, 9)).Initialize(7);
        Assert.Equal(small.Parameters[0].Value.ToArray<float>(), large.Parameters[0].Value.ToArray<float>());
    }

    [Fact]
    public void Seeds_give_different_weights_and_the_same_seed_the_same()
    {
        float[] first = Draw(1), again = Draw(1), other = Draw(2);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        static float[] Draw(ulong seed) => Model().Initialize(seed).Parameters[0].Value.ToArray<float>();
    }

    [Fact]
    public void An_empty_model_is_the_identity() =>
        Assert.Equal([1, 2], new Sequential().Forward(Tensor.Of([1f, 2f])).ToArray<float>());
}
