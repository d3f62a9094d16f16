namespace Hondo.Charts;

/// <summary>A formula as a surface with its gradient, and as a graph of gates.</summary>
static class FormulaFigures
{
    public static ComputationGraph Graph(Formula formula, IReadOnlyDictionary<string, double> at)
    {
        using var step = Tape.Begin();
        var variables = at.ToDictionary(pair => pair.Key, pair => Tape.Watch(Tensor.Scalar(pair.Value), pair.Key));
        List<(string, Tensor)> named = [];
        Tensor result = formula.Compute(variables, named);
        result.Backward(BackwardOptions.KeepAll);
        return ComputationGraph.Of(result, [.. named]);
    }

    public static PanelChart Surface(Formula formula, double x, double y, double range, FigureLanguage language)
    {
        (string across, string up) = formula.Variables is [var first, var second] ? (first, second)
            : throw new ArgumentException($"A surface needs a formula of two variables, but {formula} has "
                + $"{formula.Variables.Count}. Write for example x^2 * y + y.", nameof(formula));
        HeightField Field(int points)
        {
            var heights = new double[points, points];
            for (int row = 0; row < points; row++)
                for (int column = 0; column < points; column++)
                    heights[row, column] = Value(x + Offset(column, points), y + Offset(row, points)).Value;
            return new(heights, x - range, x + range, y - range, y + range);
        }
        double Offset(int place, int points) => range * (2.0 * place / (points - 1) - 1);
        (double Value, double DX, double DY) Value(double atX, double atY) => At(formula, atX, atY);
        (double height, double dx, double dy) = Value(x, y);
        // The direction alone: as long as a third of the picture.
        double length = Math.Sqrt(dx * dx + dy * dy), scale = length == 0 ? 0 : range / 1.5 / length;
        HeightField coarse = Field(26);
        double rise = Value(x + dx * scale, y + dy * scale).Value - height;
        return new(language.Say("The surface {0} and its gradient", formula), 2,
        [
            new SurfaceChart(language.Say("surface"), coarse)
            {
                Width = 460, Height = 420, Across = across, Into = up, Up = "f",
                Arrows = [(x, y, height, dx * scale, dy * scale, rise)],
            },
            new ContourChart(language.Say("gradient ({0}, {1}) at ({2}, {3})", Axis.Number(dx), Axis.Number(dy),
                Axis.Number(x), Axis.Number(y)), Field(61))
            {
                Width = 460, Height = 420, Across = across, Up = up, Arrows = [(x, y, dx * scale, dy * scale)],
            },
        ]);
    }

    static (double Value, double DX, double DY) At(Formula formula, double x, double y)
    {
        using var step = Tape.Begin();
        Tensor a = Tape.Watch(Tensor.Scalar(x)), b = Tape.Watch(Tensor.Scalar(y));
        Tensor f = formula.Compute(new Dictionary<string, Tensor>
        {
            [formula.Variables[0]] = a,
            [formula.Variables[1]] = b,
        });
        f.Backward();
        return (f.Item, a.Gradient.Item, b.Gradient.Item);
    }
}
