using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Hondo.Data;
using Hondo.Kernels;
using Hondo.Layers;
using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Cli.Tests;

/// <summary>y = x³: an op of one's own in one place      dx = 3x² · dy</summary>
public readonly record struct CubeFormula : IUnaryFormula
{
    public static string Name => "Cube";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Forward<V>(V x) where V : struct, ILanes<V> => x * x * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Derivative<V>(V x, V y) where V : struct, ILanes<V> => V.Create(3) * x * x;
}

/// <summary>The layer of that op.</summary>
public sealed class Cube : Layer, ICataloged<Layer>
{
    public static CatalogLine<Layer> Line => new("Cube()", _ => new Cube());

    protected override Tensor Run(Tensor x) => Tape.Apply(new Unary<CubeFormula>(new()), x);

    public override string ToString() => "Cube()";
}

/// <summary>w ← w − α·sign(g).</summary>
public sealed class SignDescent(IEnumerable<Parameter> parameters, double learningRate)
    : Optimizer(parameters, learningRate), ICataloged<Func<IEnumerable<Parameter>, Optimizer>>
{
    public static CatalogLine<Func<IEnumerable<Parameter>, Optimizer>> Line => new("SignDescent(learningRate: 0.001)",
        a => parameters => new SignDescent(parameters, a.Number("learningRate")));

    protected override void Update<T>(Span<T> values, ReadOnlySpan<T> gradients) =>
        Updates.Run(new Rule(LearningRate), values, gradients);

    public override string ToString() => new CallWriter("SignDescent").Add("learningRate", LearningRate, 0.001)
        .ToString();

    readonly struct Rule(double rate) : IUpdate
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V>(ref V w, V g) where V : struct, ILanes<V> =>
            w -= V.Select(V.GreaterThan(g, V.Zero), V.Create(rate), V.Create(-rate));
    }
}

/// <summary>How many rows were seen: a metric of one's own.</summary>
public sealed class RowCount : IMetric, ICataloged<IMetric>
{
    double _rows;

    public static CatalogLine<IMetric> Line => new("RowCount()", _ => new RowCount());

    public string Name => "rows";

    public bool IsHigherBetter => true;

    public double Value => _rows;

    public IReadOnlyList<double> Sums { get => [_rows]; set => _rows = value[0]; }

    public void Add(Tensor output, Tensor target) => _rows += output.Shape[0];

    public void Reset() => _rows = 0;

    public override string ToString() => "RowCount()";
}

/// <summary>CONTRIBUTING.md says where a new thing goes: it does, and takes at most three files.</summary>
public sealed partial class ContributingTests : IDisposable
{
    const int MostFiles = 3;

    static readonly string Home = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Source())))!;

    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void An_op_a_layer_and_an_optimizer_of_ones_own_train_resume_and_are_read_back()
    {
        string run = _shell.Path("own"), library = typeof(Cube).Assembly.Location;
        Answer trained = _shell.Run("train", "iris", "--plugin", library, "--quiet", "--epochs", "50000",
            "--time-limit", "1s", "--run", run,
            "--model", "Sequential(Linear(4, 8), Cube(), Linear(8, 3))", "--optimizer",
            "SignDescent(learningRate: 0.01)");
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Contains("Cube()", File.ReadAllText(Path.Combine(run, "model.txt")));
        Answer resumed = _shell.Run("train", "--resume", run, "--plugin", library, "--time-limit", "1s", "--quiet");
        Assert.True(resumed.Code == 0, resumed.Error);
        Assert.Equal(0, _shell.Run("eval", run, "iris", "--plugin", library).Code);
    }

    [Fact]
    public void A_metric_of_ones_own_is_read_from_its_text()
    {
        Assert.Equal(0, _shell.Run("info", "mlp", "--plugin", typeof(Cube).Assembly.Location).Code);
        IMetric metric = MetricCatalog.All.Parse("RowCount()");
        metric.Add(Tensor.Zeros([5, 2]), Tensor.Zeros([5, 2]));
        Assert.Equal((5.0, "RowCount()"), (metric.Value, metric.ToString()));
    }

    [Fact]
    public void A_kind_of_data_of_ones_own_trains_resumes_is_evaluated_and_answers()
    {
        string run = _shell.Path("counts"), table = _shell.Path("counts.csv");
        string library = typeof(CountTargets).Assembly.Location;
        File.WriteAllLines(table, ["hour,visits", .. Enumerable.Range(0, 200).Select(i =>
            $"{i % 24}.5,{(int)(20 + 15 * Math.Sin(i % 24 * 0.26))}")]);
        Answer trained = _shell.Run("train", table, "--task", "counts", "--plugin", library, "--epochs", "50000",
            "--time-limit", "1s", "--run", run);
        Assert.True(trained.Code == 0, trained.Error);
        Assert.Contains("Poisson deviance", trained.Out + trained.Error);
        Answer resumed = _shell.Run("train", "--resume", run, "--plugin", library, "--time-limit", "1s", "--quiet");
        Assert.True(resumed.Code == 0, resumed.Error);
        Answer evaluated = _shell.Run("eval", run, table, "--plugin", library);
        Assert.True(evaluated.Code == 0, evaluated.Error);
        Assert.Contains("Poisson deviance", evaluated.Out);
        // What the loss says that an output means: e to the power of it is never below 0.
        Answer answered = _shell.Run("predict", run, table, "--plugin", library, "--json");
        Assert.True(answered.Code == 0, answered.Error);
        Assert.DoesNotContain(":-", answered.Out);
        Assert.Equal(2, _shell.Run("train", table, "--task", "weights").Code);
        File.AppendAllText(table, "3,2.5\n");
        Assert.Contains("no count", _shell.Run("train", table, "--task", "counts", "--plugin", library).Error);
    }

    [Fact]
    public void One_call_makes_a_kind_known_and_once_more_changes_nothing()
    {
        TargetCatalog.Register<CountTargets, Poisson>();
        TargetCatalog.Register<CountTargets, Poisson>();
        float[] counts = [1, 0, 4];
        var data = new Dataset("visits", new FloatFeatures([0, 1, 2], [1]),
            TargetCatalog.All.Parse("counts")(counts, ["visits"], "visits"));
        Assert.Contains("counts of visits", data.ToString());
        Assert.Equal("Poisson loss", LossCatalog.All.Parse("Poisson()").Name);
    }

    [Fact]
    public void What_it_names_is_there_and_each_new_thing_takes_at_most_three_files()
    {
        string[] things = [.. Thing().Matches(File.ReadAllText(Path.Combine(Home, "CONTRIBUTING.md")))
            .Select(match => match.Value)];
        Assert.True(things.Length >= 7, $"{things.Length} things");
        foreach (string thing in things)
        {
            string[] paths = [.. Place().Matches(thing).Select(match => match.Groups["path"].Value).Distinct()];
            Assert.NotEmpty(paths);
            Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(Home, path)), $"{path} of {thing}"));
            Assert.InRange(paths.Count(path => path.Contains('.', StringComparison.Ordinal)), 0, MostFiles);
        }
    }

    static string Source([CallerFilePath] string path = "") => path;

    // From the bold words to the next empty line.
    [GeneratedRegex(@"^\*\*An? .+?(?=\n\n)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Thing();

    [GeneratedRegex(@"`(?<path>(?:src|tests|docs)/[\w./]+)`")]
    private static partial Regex Place();
}
