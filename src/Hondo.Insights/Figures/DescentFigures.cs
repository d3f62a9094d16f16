using System.Globalization;
using Hondo.Kernels;

namespace Hondo.Charts;

/// <summary>Where gradient descent goes: rates, batches, normalization, optimizers.</summary>
static class DescentFigures
{
    // A loss that has grown a thousandfold has diverged: what follows has no place on a chart.
    const double Diverged = 1e3;

    static Descents PetalWidthByLength(Func<int, int[]>? rowsOf = null)
    {
        double[] x = Descents.Iris(2, isNormalized: true), y = Descents.Iris(3, isNormalized: true);
        return Descents.LeastSquares(Descents.Beside(x, [.. x.Select(_ => 1.0)]), y, rowsOf);
    }

    public static LineChart Rates(IReadOnlyList<double> rates, int steps, FigureLanguage language)
    {
        Descents petals = PetalWidthByLength();
        return new(language.Say("Learning rate: too low, right, too high"), [.. rates.Select(rate =>
        {
            Series losses = petals.Losses(petals.Path("", parameters => new Sgd(parameters, rate), -1.5, 1, steps));
            int end = losses.Y.ToList().FindIndex(loss => !(loss <= Diverged * losses.Y[0]));
            bool diverges = end >= 0 || losses.Y[^1] > losses.Y[0];
            int kept = end < 0 ? losses.Y.Count : end;
            return new Series(language.Say(diverges ? "rate {0}, diverges" : "rate {0}", rate),
                [.. losses.X.Take(kept)], [.. losses.Y.Take(kept)]);
        })])
        {
            Across = language.Say("step"), Up = language.Say("loss J"), UpScale = AxisScale.Log,
        };
    }

    public static ContourChart Batches(int batch, int steps, FigureLanguage language)
    {
        int n = Descents.Iris(2, isNormalized: true).Length;
        int[] Some(int step, int count, string stream)
        {
            var random = new Philox(1, RandomStream.Of(stream), step);
            return [.. Enumerable.Range(0, count).Select(i => (int)(random.Uniform(i) * n))];
        }
        Descents all = PetalWidthByLength();
        Descents few = PetalWidthByLength(step => Some(step, batch, "figures.mini-batch"));
        Descents one = PetalWidthByLength(step => Some(step, 1, "figures.sample"));
        Func<Parameter[], Optimizer> sgd = parameters => new Sgd(parameters, 0.1);
        return new(language.Say("Gradient descent: batch, mini-batch, one sample"), all.Field(-1.7, 2.3, -1.5, 1.5))
        {
            Width = 620, Height = 460, Across = language.Say("weight w"), Up = language.Say("bias b"),
            Paths =
            [
                all.Path(language.Say("batch"), sgd, -1.5, 1.2, steps),
                one.Path(language.Say("one sample (SGD)"), sgd, -1.5, 1.2, steps),
                few.Path(language.Say("mini-batch of {0}", batch), sgd, -1.5, 1.2, steps),
            ],
        };
    }

    public static PanelChart Normalization(int steps, FigureLanguage language)
    {
        return new(language.Say("Why inputs are normalized"), 2,
            [Panel("raw features", false, 0.04), Panel("normalized features", true, 0.5)]);

        // The rates are about the largest that do not diverge.
        ContourChart Panel(string title, bool isNormalized, double rate)
        {
            double[] x1 = Descents.Iris(0, isNormalized), x2 = Descents.Iris(3, isNormalized);
            Descents lengths = Descents.LeastSquares(Descents.Beside(x1, x2), Descents.Iris(2, isNormalized));
            return new(language.Say(title), lengths.Field(-2, 3, -2, 3))
            {
                Width = 460, Height = 420, Across = language.Say("weight w₁"), Up = language.Say("weight w₂"),
                Paths = [lengths.Path(language.Say("gradient descent, {0} steps", steps),
                    parameters => new Sgd(parameters, rate), -1.5, -1.5, steps)],
            };
        }
    }

    public static ContourChart Ravine(int steps, FigureLanguage language)
    {
        Tensor curvature = Tensor.Of([0.5, 20], [2, 1]);
        var ravine = new Descents((w, _) => 0.5 * (w.Square() * curvature).Sum());
        (string Name, Func<Parameter[], Optimizer> Make)[] ways =
        [
            ("SGD, α 0.09", parameters => new Sgd(parameters, 0.09)),
            ("Momentum, α 0.4, β 0.9", parameters => new MovingAverageMomentum(parameters, 0.4, 0.9)),
            ("RMSProp, α 0.08", parameters => new RmsProp(parameters, 0.08)),
            ("Adam, α 0.2", parameters => new Adam(parameters, 0.2)),
        ];
        return new(language.Say("Optimizers in a ravine"), ravine.Field(-4.5, 1.5, -1.4, 1.4))
        {
            Width = 720, Height = 420, Across = language.Say("weight w₁"), Up = language.Say("weight w₂"),
            Paths = [.. ways.Select(way => ravine.Path(way.Name, way.Make, -4, 1, steps))],
        };
    }

    /// <summary>V ← βV + (1 − β)θ from V = 0, as the courses have it: the first averages are too low.</summary>
    public static LineChart Averages(IReadOnlyList<double> betas, bool isCorrected, FigureLanguage language)
    {
        var random = new Philox(1, RandomStream.Of("figures.temperatures"));
        double[] days = [.. Enumerable.Range(1, 365).Select(day => (double)day)];
        double[] measured = [.. days.Select(day => 14 - 9 * PortableMath.Cos(2 * Math.PI * (day - 15) / 365)
            + 3 * random.Normal((long)day))];
        var theta = new Series(language.Say("measured θ"), days, measured);
        return new(language.Say("Exponential moving averages"), [theta, .. betas.Select(beta => new Series(
            language.Say("β = {0}, about {1} days", beta, Math.Round(1 / (1 - beta))
                .ToString(CultureInfo.InvariantCulture)), days,
            isCorrected ? theta.Smoothed(beta).Y : Average(measured, beta)))])
        {
            Across = language.Say("day"), AcrossScale = AxisScale.Linear, Up = language.Say("temperature in °C"),
            Width = 860, Height = 380,
        };
    }

    static double[] Average(double[] theta, double beta)
    {
        double v = 0;
        return [.. theta.Select(value => v = beta * v + (1 - beta) * value)];
    }
}
