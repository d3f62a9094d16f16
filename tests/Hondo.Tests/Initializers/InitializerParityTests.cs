using System.Globalization;
using System.Text.Json;
using Hondo.Initializers;
using Hondo.Tensors;
using Hondo.Tests.Golden;

namespace Hondo.Tests.Initializers;

public sealed class InitializerParityTests
{
    public static IEnumerable<object[]> Moments =>
        ParityFile.Names("init").Where(name => name.Contains("moments", StringComparison.Ordinal))
            .Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Moments))]
    public void Moments_and_bounds_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        Shape shape = Own(golden.List("shape"));
        double spread = golden["std_standard_error_over_std"], drift = golden["mean_standard_error_over_std"];
        foreach (JsonProperty scheme in golden.Attributes.GetProperty("schemes").EnumerateObject())
        {
            var values = new double[shape.Size];
            Named(scheme.Name).Fill<double>(values, shape, 1, 2);
            double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            double golden1 = scheme.Value.GetProperty("std").GetDouble();
            Assert.Equal(0, mean, 5 * drift * golden1);
            Assert.Equal(golden1, deviation, 5 * spread * golden1);
            if (scheme.Value.GetProperty("bound") is { ValueKind: JsonValueKind.Number } bound)
                Assert.InRange(values.Max(Math.Abs), 0.99 * bound.GetDouble(), bound.GetDouble());
        }
    }

    // PyTorch's [outputs, inputs, kernel..] is [kernel.., inputs, outputs] here; matrices are the same.
    static Shape Own(double[] axes) => axes is [var outputs, var inputs]
        ? [(int)outputs, (int)inputs]
        : Shape.Create([.. axes[2..].Select(a => (int)a), (int)axes[1], (int)axes[0]]);

    static IInitializer Named(string scheme) => scheme switch
    {
        "xavier_uniform" => new XavierUniform(),
        "xavier_normal" => new XavierNormal(),
        "he_uniform_fan_in_relu" => new HeUniform(),
        "he_normal_fan_in_relu" => new HeNormal(),
        "he_normal_fan_out_relu" => new HeNormal(fan: Fan.Out),
        "lecun_normal" => new HeNormal(gain: 1),
        "lecun_uniform" => new HeUniform(gain: 1),
        "torch_default_weight" or "torch_default_bias" => new HeUniform(gain: Math.Sqrt(1.0 / 3)),
        _ => throw new NotSupportedException($"No initializer is known for {scheme}."),
    };

    [ParityTheory]
    [InlineData("init/gains")]
    public void Gains_are_those_of_PyTorch(string name)
    {
        foreach (JsonProperty gain in ParityFile.Case(name).Attributes.EnumerateObject())
            Assert.Equal(gain.Value.GetDouble(), GainOf(gain.Name), 1e-12);
    }

    static double GainOf(string activation) => activation switch
    {
        "linear" or "sigmoid" => Gain.Linear,
        "tanh" => Gain.Tanh,
        "relu" => Gain.Relu,
        "selu" => Gain.Selu,
        _ => Gain.LeakyRelu(double.Parse(activation["leaky_relu_".Length..], CultureInfo.InvariantCulture)),
    };
}
