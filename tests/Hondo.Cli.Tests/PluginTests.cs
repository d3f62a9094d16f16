using Hondo.Layers;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Cli.Tests;

/// <summary>y = factor · x: the layer of a user's library, which this assembly plays.</summary>
public sealed class Doubling(double factor = 2) : Layer, ICataloged<Layer>
{
    public static CatalogLine<Layer> Line => new("Doubling(factor: 2)", a => new Doubling(a.Number("factor")));

    protected override Tensor Run(Tensor x) => x * factor;

    public override string ToString() => new CallWriter("Doubling").Add("factor", factor, 2).ToString();
}

public sealed class PluginTests : IDisposable
{
    static readonly string Library = typeof(Doubling).Assembly.Location;

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_layer_of_ones_own_trains_prints_saves_and_loads()
    {
        string run = _shell.Path("own");
        Answer trained = _shell.Run("train", "digits", "--plugin", Library, "--quiet", "--epochs", "1", "--run", run,
            "--model", "Sequential(Flatten(), Doubling(factor: 3), Linear(784, 10))");
        Assert.Equal(0, trained.Code);
        Assert.Contains("Doubling(factor: 3)", File.ReadAllText(Path.Combine(run, "model.txt")));
        Assert.Equal(0, _shell.Run("eval", run, "digits", "--plugin", Library).Code);
    }

    [Fact]
    public void What_is_no_plugin_is_wrong_usage()
    {
        string text = _shell.Path("text.dll");
        File.WriteAllText(text, "no library");
        foreach (string path in (string[])[text, _shell.Path("nowhere.dll"), typeof(FactAttribute).Assembly.Location])
        {
            Answer answer = _shell.Run("info", "mlp", "--plugin", path);
            Assert.Equal(2, answer.Code);
            Assert.Contains("--plugin", answer.Error);
        }
    }

    [Fact]
    public void A_name_that_is_taken_is_refused()
    {
        var taken = new CatalogLine<Layer>("Linear(units)", _ => new Identity());
        Assert.Contains("has the name already", Assert.Throws<ArgumentException>(
            () => LayerCatalog.All.Register(taken)).Message);
    }
}
