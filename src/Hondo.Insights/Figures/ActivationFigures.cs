using Hondo.Kernels;

namespace Hondo.Charts;

/// <summary>Activations with their derivatives, and what depth makes of them.</summary>
static class ActivationFigures
{
    const int Points = 241;

    public static LineChart Curve(Layer activation, double range, FigureLanguage language)
    {
        double[] x = [.. Enumerable.Range(0, Points).Select(i => range * (2.0 * i / (Points - 1) - 1))];
        (double[] y, double[] slope) = Run(activation, x);
        string name = NameOf(activation);
        return new(language.Say("{0} and its derivative", name),
            [new("f(x)", x, y), new($"f′(x), {language.Say("derivative")}", x, slope)])
        {
            Across = activation is Layers.Softmax or LogSoftmax ? language.Say("score x, beside two scores of 0") : "x",
            AcrossScale = AxisScale.Linear,
            Up = "f(x), f′(x)",
        };
    }

    static string NameOf(Layer activation) =>
        activation.ToString()!.Replace("()", "", StringComparison.Ordinal);

    // Each row holds x and two scores of 0 beside it, which matter to a function of whole rows alone.
    static (double[] Y, double[] Slope) Run(Layer activation, double[] x)
    {
        const int Width = 3;
        var rows = new float[x.Length * Width];
        var first = new float[rows.Length];
        for (int i = 0; i < x.Length; i++)
            (rows[i * Width], first[i * Width]) = ((float)x[i], 1);
        using var step = Tape.Begin(Mode.Inference);
        Tensor input = Tape.Watch(Tensor.Of(rows, [x.Length, Width])), output = Forward(activation, input);
        (output * Tensor.Of(first, [x.Length, Width])).Sum().Backward();
        return (FirstOf(output), FirstOf(input.Gradient));

        static double[] FirstOf(Tensor tensor) => [.. tensor.ToArray<float>().Where((_, i) => i % Width == 0)
            .Select(value => (double)value)];
    }

    static Tensor Forward(Layer activation, Tensor input)
    {
        const string Mend = " is no activation: it must give one number for each number. Name relu, tanh, sigmoid, "
            + "gelu, leaky-relu …";
        try
        {
            Tensor output = activation.Forward(input);
            return output.Shape == input.Shape ? output
                : throw new ArgumentException(activation + Mend, nameof(activation));
        }
        catch (ShapeException error)
        {
            throw new ArgumentException(activation + Mend, nameof(activation), error);
        }
    }

    public static LineChart Depth(Layer activation, int layers, int units, FigureLanguage language)
    {
        string name = NameOf(activation);
        (string Name, IInitializer Initializer)[] ways =
        [
            ("N(0, 0.01²)", new Normal(0, 0.01)), ("N(0, 1)", new Normal(0, 1)),
            ("Xavier", new XavierNormal()), ("He", new HeNormal()),
        ];
        double[] across = [.. Enumerable.Range(0, layers + 1).Select(i => (double)i)];
        return new(language.Say("Activations through depth: {0}", name),
            [.. ways.Select(way => new Series(way.Name, across,
                Deviations(activation, way.Initializer, layers, units)))])
        {
            Across = language.Say("layer"),
            Up = language.Say("standard deviation of the activations"),
            UpScale = AxisScale.Log,
        };
    }

    static double[] Deviations(Layer activation, IInitializer initializer, int layers, int units)
    {
        const int Rows = 128;
        var random = new Philox(1, RandomStream.Of("figures.depth"));
        Tensor x = Tensor.Of([.. Enumerable.Range(0, Rows * units).Select(i => (float)random.Normal(i))],
            [Rows, units]);
        List<double> deviations = [Histogram.Of(x.ToArray<float>()).Deviation];
        for (int layer = 0; layer < layers; layer++)
        {
            var linear = new Linear(units, units, bias: false, initializer: initializer);
            linear.Initialize((ulong)layer + 1);
            x = activation.Forward(linear.Forward(x));
            deviations.Add(Histogram.Of(x.ToArray<float>()).Deviation);
        }
        return [.. deviations];
    }
}
