using Hondo.Autograd;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Layers;

/// <summary>What holds for every layer: a new one needs a line in <see cref="LayerCases"/>.</summary>
public sealed class EveryLayerTests
{
    public static IEnumerable<object[]> Names => LayerCases.All.Keys.Select(name => new object[] { name });

    [Fact]
    public void Every_layer_has_a_case()
    {
        IEnumerable<string> layers = Libraries.Types
            .Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && type.IsPublic)
            .Select(type => type.Name);
        string[] missing = [.. layers.Except(LayerCases.All.Values.Select(c => c.Make().GetType().Name))];
        Assert.True(missing.Length == 0, "Add a line to tests/Hondo.Tests/Layers/LayerCases.cs for: "
            + string.Join(", ", missing));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_equal_finite_differences(string name)
    {
        LayerCase layer = LayerCases.All[name];
        GradientReport report = Gradient.Check(layer.Make(), layer.Input());
        Assert.True(report.IsWithin(layer.Tolerance), report.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Shapes_are_known_before_anything_runs(string name)
    {
        LayerCase layer = LayerCases.All[name];
        Tensor x = layer.Input();
        Layer made = layer.Make().To(DType.Float64);
        Assert.Equal(made.Forward(x).Shape,
            new ShapeTrace().Follow(() => made.Forward(ShapeTrace.Input(x.Shape, x.DType))).Shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_gives_what_its_rows_give_alone(string name)
    {
        Layer layer = LayerCases.All[name].Make().To(DType.Float64);
        Tensor x = LayerCases.All[name].Input();
        double[] values = x.ToArray<double>(), together = layer.Forward(x).ToArray<double>();
        int rows = x.Shape[0], size = values.Length / rows;
        double[] alone = [.. Enumerable.Range(0, rows).SelectMany(row =>
            layer.Forward(Tensor.Of(values[(row * size)..((row + 1) * size)], x.Shape.With(0, 1)).To(x.DType))
                .ToArray<double>())];
        for (int i = 0; i < together.Length; i++)
            Assert.Equal(together[i], alone[i], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_have_names_of_their_own(string name)
    {
        Layer layer = LayerCases.All[name].Make();
        Assert.Distinct(layer.Parameters.Select(p => p.Name));
        Assert.All(layer.Parameters, p => Assert.NotEmpty(p.Name));
    }
}
