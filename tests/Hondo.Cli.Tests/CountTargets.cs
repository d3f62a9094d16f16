using System.Globalization;
using Hondo.Data;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Ops;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Cli.Tests;

/// <summary>How often something happened: a kind of data of one's own, with its loss and metric, in one file.</summary>
public sealed class CountTargets : Targets, ICataloged<TargetMaker>
{
    readonly float[] _counts;

    public CountTargets(float[] counts, IReadOnlyList<string> names, string data) : base(counts.Length / names.Count)
    {
        for (int i = 0; i < counts.Length; i++)
            if (counts[i] < 0 || counts[i] != MathF.Floor(counts[i]))
                throw new DataFormatException(data, $"row {i / names.Count}", string.Create(
                    CultureInfo.InvariantCulture, $"{counts[i]} is no count"), "Give whole numbers from 0.");
        (_counts, Names) = (counts, names);
    }

    public static CatalogLine<TargetMaker> Line => new("Counts()",
        _ => (counts, names, data) => new CountTargets(counts, names, data));

    public override IReadOnlyList<string> Names { get; }

    public override ReadOnlySpan<float> Values => _counts;

    public override int Outputs => Names.Count;

    public override IReadOnlyList<IMetric> Metrics(Loss loss) => [new PoissonDeviance()];

    protected override Shape Each => [Names.Count];

    protected override Recipe Recipe(DataSplits data, string? model, int? epochs, string? augment) =>
        Data.Recipe.ForTable(data, "Poisson()", model, epochs, augment);

    protected override string Describe() => $"counts of {string.Join(", ", Names)}";

    protected override Targets For(Loss loss, string data) => loss is Poisson ? this
        : throw Unfit(loss, data, $"cannot be used with {Describe()}", "Use Poisson.");
}

/// <summary>e^x − y·x, the likelihood of counts y whose expected number is e^x.</summary>
public sealed class Poisson : Loss, ICataloged<Loss>
{
    public static CatalogLine<Loss> Line => new("Poisson()", _ => new Poisson());

    public override string Name => "Poisson loss";

    public override TargetKind Target => TargetKind.Numbers;

    public override Tensor Compute(Tensor output, Tensor target) => output.PoissonNll(target);

    public override Tensor Predict(Tensor output) => output.Exp();
}

/// <summary>2·(y·ln(y / e^x) − (y − e^x)), 0 for a model that always says what happens.</summary>
public sealed class PoissonDeviance() : MeanMetric("Poisson deviance", isHigherBetter: false)
{
    public override void Add(Tensor output, Tensor target)
    {
        foreach ((double x, double y) in output.ToArray<double>().Zip(target.ToArray<double>()))
            Count(2 * ((y > 0 ? y * (Math.Log(y) - x) : 0) - y + Math.Exp(x)));
    }
}
