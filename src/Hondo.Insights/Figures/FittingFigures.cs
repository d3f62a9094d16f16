using System.Globalization;
using Hondo.Kernels;

namespace Hondo.Charts;

/// <summary>How well models fit: boundaries, penalties, dropout, learning and validation curves.</summary>
static class FittingFigures
{
    public static PanelChart Boundaries(int samples, FigureLanguage language)
    {
        (string Name, Func<Sequential> Make, int Steps)[] models =
        [
            ("underfits", () => new(new Linear(2, 2)), 300),
            ("fits", () => new(new Linear(2, 8), new Tanh(), new Linear(8, 2)), 300),
            ("overfits", () => new(new Linear(2, 100), new Relu(), new Linear(100, 100), new Relu(),
                new Linear(100, 2)), 800),
        ];
        (float[] X, int[] Y) train = Moons(samples, "figures.train"), dev = Moons(1000, "figures.dev");
        return new(language.Say("Underfitting, right, overfitting"), 3, [.. models.Select(model =>
        {
            Sequential net = model.Make();
            net.Initialize(1);
            Fit(net, train.X, [train.Y.Length, 2], train.Y, new Adam(net.Parameters, 0.03), model.Steps);
            return Regions(net, train, language.Say("{0}: train {1}, dev {2}", language.Say(model.Name),
                Percent(Accuracy(net, train.X, [train.Y.Length, 2], train.Y)),
                Percent(Accuracy(net, dev.X, [dev.Y.Length, 2], dev.Y))), language);
        })]);
    }

    static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    static RegionChart Regions(Sequential net, (float[] X, int[] Y) data, string title, FigureLanguage language)
    {
        const int Grid = 70;
        const double Left = -2, Right = 3, Bottom = -1.7, Top = 2.2;
        float[] places = [.. from row in Enumerable.Range(0, Grid)
                             from column in Enumerable.Range(0, Grid)
                             from place in (double[])[Left + (Right - Left) * column / (Grid - 1),
                                 Bottom + (Top - Bottom) * row / (Grid - 1)]
                             select (float)place];
        int[] said = Predict(net, places, [Grid * Grid, 2]);
        var classes = new double[Grid, Grid];
        for (int i = 0; i < said.Length; i++)
            classes[i / Grid, i % Grid] = said[i];
        return new(title, new HeightField(classes, Left, Right, Bottom, Top),
            [.. data.Y.Select((label, i) => ((double)data.X[2 * i], (double)data.X[2 * i + 1], label))])
        {
            Width = 400, Height = 380, Names = [language.Say("class 0"), language.Say("class 1")],
        };
    }

    // Two half circles that reach into each other, blurred.
    static (float[] X, int[] Y) Moons(int count, string stream)
    {
        var random = new Philox(1, RandomStream.Of(stream));
        var x = new float[2 * count];
        var y = new int[count];
        for (int i = 0; i < count; i++)
        {
            double angle = Math.PI * random.Uniform(3L * i);
            (double across, double up) = (PortableMath.Cos(angle), PortableMath.Sin(angle));
            y[i] = i % 2;
            x[2 * i] = (float)((y[i] == 0 ? across : 1 - across) + 0.32 * random.Normal(3L * i + 1));
            x[2 * i + 1] = (float)((y[i] == 0 ? up : 0.5 - up) + 0.32 * random.Normal(3L * i + 2));
        }
        return (x, y);
    }

    public static LineChart Penalties(double lambda, FigureLanguage language)
    {
        (string Name, IUpdateStep[] Before)[] ways =
            [(language.Say("no penalty"), []), ("L2", [new L2(lambda)]), ("L1", [new L1(lambda / 10)])];
        Dataset digits = Datasets.Digits().Train.Take(300);
        return new(language.Say("What penalties do to weights"), [.. ways.Select(way =>
        {
            Sequential net = Softmax(digits, 400, way.Before);
            double[] sizes = [.. net.Parameters[0].Value.ToArray<float>().Select(w => (double)Math.Abs(w))
                .OrderDescending()];
            return new Series(way.Name, sizes);
        })])
        {
            Across = language.Say("weights, largest first"), AcrossScale = AxisScale.Linear,
            Up = language.Say("size |w|"),
        };
    }

    public static PanelChart Masks(double rate, FigureLanguage language)
    {
        const int Rows = 8, Columns = 12, Steps = 6;
        var dropout = new Dropout(rate);
        return new(language.Say("Dropout, rate {0}: other units rest in every step", rate), 3,
            [.. Enumerable.Range(1, Steps).Select(number =>
            {
                using var step = Tape.Begin(new StepInfo(Mode.Training, 1, number));
                float[] mask = dropout.Forward(Tape.Watch(Tensor.Ones([Rows, Columns]))).ToArray<float>();
                return new MaskChart(language.Say("step {0}", number), Rows, Columns,
                    (row, column) => mask[row * Columns + column] > 0 ? 0.85 : 0)
                {
                    Width = 260, Height = 240,
                    Caption = language.Say("{0} of {1} units are off", mask.Count(unit => unit == 0), mask.Length),
                };
            })]);
    }

    public static LineChart LearningCurve(IReadOnlyList<double> counts, FigureLanguage language) =>
        Curve(language.Say("Learning curve"), language.Say("training samples"), counts, language,
            count => Softmax(Datasets.Digits().Train.Take((int)count), 150, []), count => (int)count);

    public static LineChart ValidationCurve(IReadOnlyList<double> lambdas, FigureLanguage language) =>
        Curve(language.Say("Validation curve"), language.Say("L2 penalty λ"), lambdas, language,
            lambda => Softmax(Datasets.Digits().Train.Take(300), 150, [new L2(lambda)]), _ => 300);

    static LineChart Curve(string title, string across, IReadOnlyList<double> values, FigureLanguage language,
        Func<double, Sequential> fit, Func<double, int> samplesOf)
    {
        Dataset test = Datasets.Digits().Test!;
        (double Train, double Dev)[] scores = [.. values.Select(value =>
        {
            Sequential net = fit(value);
            return (Accuracy(net, Datasets.Digits().Train.Take(samplesOf(value))), Accuracy(net, test));
        })];
        return new(title, [new(language.Say("train"), values, [.. scores.Select(score => score.Train)]),
            new(language.Say("dev"), values, [.. scores.Select(score => score.Dev)])])
        {
            Across = across, AcrossScale = AxisScale.Log, Up = language.Say("accuracy"),
        };
    }

    static Sequential Softmax(Dataset data, int steps, IUpdateStep[] before)
    {
        var net = new Sequential(new Linear(data.Sample.Size, data.Classes.Count));
        net.Initialize(1);
        var optimizer = new Adam(net.Parameters, 0.01);
        foreach (IUpdateStep transform in before)
            optimizer.GradientTransforms.Add(transform);
        (float[] x, int[] y) = Numbers(data);
        Fit(net, x, [y.Length, data.Sample.Size], y, optimizer, steps);
        return net;
    }

    static (float[] X, int[] Y) Numbers(Dataset data)
    {
        var x = new float[data.Count * data.Sample.Size];
        for (int i = 0; i < data.Count; i++)
            data.CopySample(i, x.AsSpan(i * data.Sample.Size, data.Sample.Size));
        return (x, [.. Enumerable.Range(0, data.Count).Select(data.Label)]);
    }

    // All samples in each step.
    static void Fit(Layer net, float[] x, Shape shape, int[] y, Optimizer optimizer, int steps)
    {
        var loss = new CrossEntropy();
        for (int i = 0; i < steps; i++)
        {
            using var step = Tape.Begin();
            loss.Compute(net.Forward(Tensor.Of(x, shape)), Tensor.Of(y)).Backward();
            optimizer.Step();
        }
    }

    static int[] Predict(Layer net, float[] x, Shape shape)
    {
        Tensor scores = net.Forward(Tensor.Of(x, shape));
        float[] values = scores.ToArray<float>();
        int width = scores.Shape[^1];
        return [.. Enumerable.Range(0, shape[0]).Select(row => Enumerable.Range(0, width)
            .MaxBy(k => values[row * width + k]))];
    }

    static double Accuracy(Layer net, float[] x, Shape shape, int[] y) =>
        Predict(net, x, shape).Zip(y, (a, b) => a == b ? 1.0 : 0).Average();

    static double Accuracy(Layer net, Dataset data)
    {
        (float[] x, int[] y) = Numbers(data);
        return Accuracy(net, x, [y.Length, data.Sample.Size], y);
    }
}
