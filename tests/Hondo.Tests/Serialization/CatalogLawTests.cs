using System.Globalization;
using System.Reflection;
using Hondo.Layers;
using Hondo.Schedules;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Serialization;

/// <summary>What holds for every line of every catalog.</summary>
public sealed class CatalogLawTests
{
    public static TheoryData<string> Names => [.. CatalogEntry.All.Select(entry => entry.Signature.Name)];

    [Fact]
    public void Every_layer_loss_optimizer_schedule_initializer_and_metric_has_one_line()
    {
        string[] things = [.. CatalogEntry.Things.Select(thing => thing.Name).Order(StringComparer.Ordinal)];
        string[] lines = [.. CatalogEntry.All.Select(entry => entry.Signature.Name).Order(StringComparer.Ordinal)];
        Assert.True(things.All(lines.Contains), "Add a line to a catalog in src/Hondo/Serialization (LayerCatalog.cs, "
            + $"OptimizerCatalog.cs, Catalogs.cs) for: {string.Join(", ", things.Except(lines))}");
        Assert.Equal(things, lines);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_signature_has_the_constructors_names_and_defaults(string name)
    {
        CatalogEntry entry = Find(name);
        string[] own = [.. entry.Signature.Parameters.Except(["before"])];
        Assert.Equal(entry.Constructor().Select(parameter => parameter.Name), own);
        foreach (ParameterInfo parameter in entry.Constructor().Where(parameter => parameter.HasDefaultValue))
            AssertSame(parameter.DefaultValue, entry.Signature.DefaultOf(parameter.Name!), parameter);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_printed_reads_back_as_the_same(string name)
    {
        CatalogEntry entry = Find(name);
        string plain = entry.PrintBuilt(Call(entry, null, ""));
        Assert.Equal(plain, entry.PrintBuilt(plain));
        foreach (ParameterInfo parameter in entry.Constructor().Where(parameter => parameter.HasDefaultValue))
            Assert.True(Others(parameter).Any(value => Changes(entry, parameter, value, plain)),
                $"{parameter.Name} of {name} makes no difference");
    }

    [Fact]
    public void An_optimizer_is_read_with_the_steps_before_its_updates()
    {
        const string Text = "Adam(learningRate: 0.01, before: [ClipNorm(1), L2(0.5, samples: 3)])";
        Assert.Equal(Text, Find("Adam").PrintBuilt(Text));
    }

    [Fact]
    public void A_refused_argument_of_an_optimizer_is_shown_in_its_place()
    {
        var error = Assert.Throws<CallTextException>(() => Find("Adam").PrintBuilt("Adam(0.001, beta2: 1.5)"));
        Assert.StartsWith("Adam: ", error.Problem, StringComparison.Ordinal);
        Assert.Equal(19, error.Position);
    }

    [Fact]
    public void A_model_reads_back_with_its_layers_within_layers()
    {
        const string Text = "Sequential(Flatten(), Residual(Sequential(Linear(4, 4), Relu()), shortcut: Identity()), "
            + "Linear(4, 2, bias: false, initializer: Normal(deviation: 0.1)))";
        Assert.Equal(Text, ModelText.Print(ModelText.Parse(Text)));
    }

    static bool Changes(CatalogEntry entry, ParameterInfo parameter, string value, string plain)
    {
        try
        {
            string printed = entry.PrintBuilt(Call(entry, parameter.Name, value));
            Assert.Equal(printed, entry.PrintBuilt(printed));
            return printed != plain;
        }
        catch (CallTextException)
        {
            return false;
        }
    }

    static CatalogEntry Find(string name) => CatalogEntry.All.Single(entry => entry.Signature.Name == name);

    static string Call(CatalogEntry entry, string? changed, string value)
    {
        IEnumerable<string> needed = entry.Constructor().Where(p => !p.HasDefaultValue).Select(Example);
        string[] last = changed is null ? [] : [$"{changed}: {value}"];
        return $"{entry.Signature.Name}({string.Join(", ", needed.Concat(last))})";
    }

    static string Example(ParameterInfo parameter) => Example(parameter.ParameterType);

    static string Example(Type parameter) => parameter switch
    {
        Type type when type == typeof(int) => "3",
        Type type when type == typeof(int?) => "2",
        Type type when type == typeof(Pair) || type == typeof(Pair?) => "[3, 2]",
        Type type when type == typeof(Padding) || type == typeof(AxisPadding) => "same",
        Type type when type == typeof(double) => "0.25",
        Type type when type == typeof(string) => "\"u\"",
        Type type when type == typeof(double[]) => "[2, 5.5]",
        Type type when type == typeof(int[]) => "4, -1",
        Type type when type == typeof(Layer[]) => "Sequential(), Relu()",
        Type type when type == typeof(Layer) => "Linear(2, 3)",
        Type type when type == typeof(IInitializer) => "Constant(0.5)",
        Type type when type == typeof(ISchedule) => "StepDecay(2)",
        var other => throw new NotSupportedException($"Give an example of a {other.Name} here."),
    };

    static string[] Others(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        true => ["false"],
        false => ["true"],
        Enum known => [.. Enum.GetNames(known.GetType()).Where(name => name != known.ToString())],
        IConvertible number and not string => [.. new[] { "0.4", "1", "2", "3", "16", "300", "-0.5" }
            .Where(text => text != Convert.ToString(number, CultureInfo.InvariantCulture))],
        _ when Example(parameter) == Example(typeof(Pair)) => [Example(parameter), "[1, 0]", "[1, 2]"],
        _ => [Example(parameter)],
    };

    static void AssertSame(object? expected, Term? written, ParameterInfo parameter)
    {
        if (expected is IConvertible number and not (bool or Enum))
            Assert.Equal(number.ToDouble(CultureInfo.InvariantCulture), Assert.IsType<Term.Number>(written).Value);
        else if (parameter.ParameterType == typeof(Pair?))
            Assert.True(written?.ToString() is "1" or "null");
        else if (parameter.ParameterType == typeof(Pair) || parameter.ParameterType == typeof(Padding)
            || parameter.ParameterType == typeof(AxisPadding))
            Assert.Equal("0", written?.ToString());
        else if (expected is null && parameter.ParameterType == typeof(ISchedule))
            Assert.Equal("ConstantRate()", written?.ToString());
        else
            Assert.Equal(expected?.ToString() ?? "null", written?.ToString(), ignoreCase: expected is bool);
    }
}
