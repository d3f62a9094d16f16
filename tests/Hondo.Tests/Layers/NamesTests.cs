using Hondo.Data;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;

namespace Hondo.Tests.Layers;

public sealed class NamesTests : IDisposable
{
    static readonly Tensor Row = Tensor.Of([1f, -2f], [1, 2]);

    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Two_sequentials_of_a_layer_have_names_and_weights_of_their_own()
    {
        var model = new Two();
        Assert.Equal(["a.0.weight", "a.0.bias", "b.0.weight", "b.0.bias"], model.Parameters.Select(p => p.Name));
        Assert.NotEqual(model.Parameters[0].Value.ToArray<float>(), model.Parameters[2].Value.ToArray<float>());
        Assert.Equal(["", "a", "a.0", "b", "b.0"], model.Layers.Select(layer => model.PathOf(layer)));
    }

    [Fact]
    public void A_duplicate_name_throws_where_it_is_made() => Assert.Contains("Two parts of Twice would be called x",
        Assert.Throws<InvalidOperationException>(() => new Twice().Parameters).Message, StringComparison.Ordinal);

    [Fact]
    public void A_layer_cannot_lie_inside_itself() => Assert.Contains("inside itself",
        Assert.Throws<InvalidOperationException>(() => new Snake().Parameters).Message, StringComparison.Ordinal);

    [Fact]
    public void A_second_model_renames_nothing_of_the_first()
    {
        var shared = new Linear(2, 2);
        var first = new Sequential(shared, new Relu(), new Linear(2, 2));
        string[] before = [.. first.Parameters.Select(p => p.Name)];
        float[] output = first.Forward(Row).ToArray<float>();
        var second = new Sequential(new Relu(), new Linear(2, 2), shared);
        Assert.Equal(["1.weight", "1.bias", "2.weight", "2.bias"], second.Parameters.Select(p => p.Name));
        Assert.Equal(before, first.Parameters.Select(p => p.Name));
        Assert.Equal("0", first.PathOf(shared));
        Assert.Equal("2", second.PathOf(shared));
        Assert.Equal(output, first.Forward(Row).ToArray<float>());
        Assert.Equal(first.Parameters[0], second.Parameters[2]);
        var trace = new ShapeTrace();
        trace.Follow(() => second.Forward(ShapeTrace.Input([1, 2])));
        Assert.Equal(["", "0", "1", "2"], trace.Rows.Select(row => row.Path));
    }

    [Fact]
    public void Errors_name_a_layer_as_the_model_that_runs_does()
    {
        var shared = new Linear(3, 3);
        _ = new Sequential(shared).Parameters;
        var model = new Sequential(new Identity(), new Identity(), shared);
        Assert.StartsWith("2: ", Assert.Throws<ShapeException>(() => model.Forward(Row)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_used_twice_saves_and_loads_as_one_layer()
    {
        var shared = new Linear(2, 2);
        var model = new Sequential(shared, new Relu(), new Residual(new Sequential(shared, new Relu())), shared);
        ModelFile.Save(model, _scratch["twice.safetensors"]);
        Layer loaded = ModelFile.Load(_scratch["twice.safetensors"]).Model;
        Assert.Equal(model.Forward(Row).ToArray<float>(), loaded.Forward(Row).ToArray<float>());
        Assert.Equal(["0.weight", "0.bias"], loaded.Parameters.Select(p => p.Name));
        loaded.Parameters[0].Values<float>().Fill(1);
        loaded.Parameters[1].Values<float>().Clear();
        // (−1, −1) → 0 → 0 + 0 → 0: every place sees the change.
        Assert.Equal([0f, 0f], loaded.Forward(Row).ToArray<float>());
    }

    [Fact]
    public void Tied_weights_save_and_load()
    {
        var model = new Tied();
        ModelFile.Save(model, _scratch["tied.safetensors"]);
        var other = new Tied();
        other.Initialize(7);
        ModelFile.Load(_scratch["tied.safetensors"], other);
        Tensor tokens = Tensor.Of([1, 3], [1, 2]);
        Assert.Equal(model.Forward(tokens).ToArray<float>(), other.Forward(tokens).ToArray<float>());
        Assert.Single(other.Parameters);
    }

    [Fact]
    public void A_file_that_shares_layers_of_two_kinds_is_refused()
    {
        var model = new Sequential(new Linear(2, 2), new Linear(2, 2));
        ModelFile.Save(model, _scratch["plain.safetensors"]);
        Safetensors file = Safetensors.Read(_scratch["plain.safetensors"]);
        new Safetensors(file.Tensors, new Dictionary<string, string>(file.Metadata) { ["hondo.shared"] = "1 = 7" })
            .Write(_scratch["bad.safetensors"]);
        Assert.Contains("cannot be one", Assert.Throws<DataFormatException>(
            () => ModelFile.Load(_scratch["bad.safetensors"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_lie_as_deep_as_can_be_loaded_and_no_deeper()
    {
        Layer deep = new Relu();
        for (int i = 0; i < Layer.MostDepth - 1; i++)
            deep = new Sequential(deep);
        Assert.Equal(Row.Shape, ModelText.Parse(ModelText.Print(deep)).Forward(Row).Shape);
        Assert.Contains("deep", Assert.Throws<ArgumentException>(() => new Sequential(deep)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Nested(20_000).Parameters);
    }

    static Box Nested(int depth)
    {
        var box = new Box(null);
        for (int i = 0; i < depth; i++)
            box = new Box(box);
        return box;
    }

    sealed class Two : Layer
    {
        readonly Sequential _a = new(new Linear(2, 2)), _b = new(new Linear(2, 2));

        protected override Tensor Run(Tensor x) => _b.Forward(_a.Forward(x));

        protected internal override void Parts(Parts parts) => parts.Add(_a).Add(_b);
    }

    sealed class Twice : Layer
    {
        readonly Linear _a = new(2, 2), _b = new(2, 2);

        protected override Tensor Run(Tensor x) => _b.Forward(_a.Forward(x));

        protected internal override void Parts(Parts parts) => parts.Add(_a, "x").Add(_b, "x");
    }

    sealed class Snake : Layer
    {
        protected override Tensor Run(Tensor x) => x;

        protected internal override void Parts(Parts parts) => parts.Add(this, "tail");
    }

    sealed class Tied : Layer
    {
        readonly Embedding _tokens = new(5, 3);

        protected override Tensor Run(Tensor x) =>
            _tokens.Forward(x).MatMul(_tokens.Weight, transposeB: true);

        protected internal override void Parts(Parts parts) => parts.Add(_tokens).Add(_tokens.Weight, "output");
    }

    sealed class Box(Layer? inner) : Layer
    {
        protected override Tensor Run(Tensor x) => x;

        protected internal override void Parts(Parts parts) => parts.Add(inner);
    }
}
