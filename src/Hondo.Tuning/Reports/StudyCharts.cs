using System.Globalization;
using System.Text;

namespace Hondo.Tuning;

/// <summary>Drawings of a study as SVG: they need no script.</summary>
sealed class StudyCharts
{
    const double Width = 420, Height = 260, Left = 58, Right = 12, Top = 26, Bottom = 34;
    const int MostCurves = 300, MostLines = 500;

    readonly Study _study;
    readonly IReadOnlyList<TrialRecord> _trials;
    readonly TrialRecord[] _ranked;
    readonly Dictionary<int, double> _goodness = [];

    public StudyCharts(Study study, IReadOnlyList<TrialRecord> trials)
    {
        (_study, _trials, _ranked) = (study, trials, [.. study.Ranked(trials)]);
        for (int i = 0; i < _ranked.Length; i++)
            _goodness[_ranked[i].Number] = 1 - i / Math.Max(1.0, _ranked.Length - 1);
    }

    /// <summary>The values by number, and the best so far.</summary>
    public string History()
    {
        TrialRecord[] complete = [.. _ranked.OrderBy(trial => trial.Number)];
        double[] y = [.. complete.Select(trial => trial.Values[0])];
        var svg = new Drawing("History: value by trial", "trial", Spread([.. complete.Select(one =>
            (double)one.Number)]), Spread(y));
        double best = double.NaN;
        List<(double, double)> line = [];
        bool isMost = _study.Settings.Directions[0] == Direction.Maximize;
        for (int i = 0; i < y.Length; i++)
        {
            best = double.IsNaN(best) || (isMost ? y[i] > best : y[i] < best) ? y[i] : best;
            line.Add((complete[i].Number, best));
            svg.Dot(complete[i].Number, y[i], 0.55, $"trial {complete[i].Number}: {Number(y[i])}");
        }
        svg.Line(line, "best");
        return svg.ToString();
    }

    /// <summary>The value by each parameter, the important ones first.</summary>
    public IEnumerable<string> Slices(int most) => Importance.Of(_study, _trials).Take(most).Select(one =>
    {
        (double Unit, TrialRecord Trial)[] points = [.. _ranked.Where(trial => trial[one.Name] is not null)
            .Select(trial =>
            (trial.Parameters.First(other => other.Name == one.Name) is var p ? p.Range.ToUnit(p.Value) : 0, trial))];
        if (points.Length == 0)
            return "";
        ParameterRange range = points[0].Trial.Parameters.First(other => other.Name == one.Name).Range;
        var svg = new Drawing($"{one.Name} ({100 * one.Share:0} %)", range.ToString(), (0, 1),
            Spread([.. points.Select(point => point.Trial.Values[0])]));
        foreach ((double unit, TrialRecord trial) in points)
            svg.Dot(unit, trial.Values[0], _goodness[trial.Number],
                $"trial {trial.Number}: {range.Text(trial[one.Name]!.Value)} gives {Number(trial.Values[0])}");
        return svg.ToString();
    });

    /// <summary>Each trial as a line through all its parameters, the best drawn last and strongest.</summary>
    public string Parallel()
    {
        string[] names = [.. Importance.Of(_study, _trials).Select(one => one.Name)];
        var svg = new Drawing("Parallel coordinates", string.Join(" · ", names), (0, Math.Max(1, names.Length - 1)),
            (0, 1));
        foreach (TrialRecord trial in _ranked.Take(MostLines).Reverse())
            svg.Line([.. names.Select((name, i) => (X: (double)i, Y: trial.Parameters.FirstOrDefault(one =>
                one.Name == name)))
                .Where(one => one.Y.Name is not null).Select(one => (one.X, one.Y.Range.ToUnit(one.Y.Value)))],
                "thin", _goodness[trial.Number]);
        return svg.ToString();
    }

    /// <summary>The courses of all trials, pruned ones grey.</summary>
    public string Curves()
    {
        TrialRecord[] shown = [.. _trials.Where(trial => trial.Points.Count > 0
            && trial.Purpose.Length == 0).Take(MostCurves)];
        TrialPoint[] points = [.. shown.SelectMany(trial => trial.Points).Where(point => double.IsFinite(point.Value)
            && point.Step < int.MaxValue)];
        var svg = new Drawing("Courses of the trials", "step", Spread([.. points.Select(point => (double)point.Step)]),
            Spread([.. points.Select(point => point.Value)]));
        foreach (TrialRecord trial in shown.OrderBy(trial => trial.State == TrialState.Complete))
            svg.Line([.. trial.Points.Where(point => double.IsFinite(point.Value) && point.Step < int.MaxValue)
                .Select(point => ((double)point.Step, point.Value))],
                trial.State == TrialState.Pruned ? "grey" : "thin", _goodness.GetValueOrDefault(trial.Number));
        return svg.ToString();
    }

    /// <summary>Two objectives against each other, the front marked.</summary>
    public string Front()
    {
        var svg = new Drawing("Pareto front", "first objective", Spread([.. _ranked.Select(one => one.Values[0])]),
            Spread([.. _ranked.Select(one => one.Values[1])]));
        HashSet<TrialRecord> front = [.. _study.Front(_trials)];
        foreach (TrialRecord trial in _ranked)
            svg.Dot(trial.Values[0], trial.Values[1], front.Contains(trial) ? 1 : 0.1,
                $"trial {trial.Number}: {Number(trial.Values[0])}, {Number(trial.Values[1])}");
        return svg.ToString();
    }

    // What diverged would press all others into a line: the worst tenth is cut off.
    static (double, double) Spread(double[] values)
    {
        if (values.Length == 0)
            return (0, 1);
        double[] sorted = [.. values.Order()];
        double low = sorted[0], high = sorted[^1], from = sorted[values.Length / 10],
            to = sorted[values.Length * 9 / 10];
        if (high - low > 20 * (to - from) && to > from)
            (low, high) = (Math.Max(low, from - 3 * (to - from)), Math.Min(high, to + 3 * (to - from)));
        return high > low ? (low, high) : (low - 1, high + 1);
    }

    static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    sealed class Drawing
    {
        readonly StringBuilder _svg = new();
        readonly (double Low, double High) _x, _y;

        public Drawing(string title, string across, (double, double) x, (double, double) y)
        {
            (_x, _y) = (x, y);
            Add($"<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\">");
            string name = StudyReport.Safe(title);
            string under = StudyReport.Safe(across.Length > 62 ? across[..61] + "…" : across);
            Add($"<title>{name}</title><text x=\"{Left}\" y=\"16\" class=\"t\">{name}</text>");
            Add($"<path class=\"a\" d=\"M{Left} {Top}V{Height - Bottom}H{Width - Right}\"/>");
            Add($"<text x=\"{Left}\" y=\"{Height - 6}\" class=\"l\">{under}</text>");
            foreach (double value in (ReadOnlySpan<double>)[_y.Low, _y.High])
                Add($"<text x=\"{Left - 6}\" y=\"{Y(value) + 4}\" class=\"n\">{Number(value)}</text>");
        }

        double X(double x) => Math.Round(Left + Part(x, _x) * (Width - Left - Right), 1);

        double Y(double y) => Math.Round(Height - Bottom - Part(y, _y) * (Height - Top - Bottom), 1);

        static double Part(double value, (double Low, double High) range) =>
            (Math.Clamp(value, range.Low, range.High) - range.Low) / (range.High - range.Low);

        void Add(FormattableString text) => _svg.Append(FormattableString.Invariant(text));

        public void Dot(double x, double y, double goodness, string what)
        {
            Add($"<circle cx=\"{X(x)}\" cy=\"{Y(y)}\" r=\"3\" class=\"g{(int)(goodness * 4.99)}\">");
            Add($"<title>{StudyReport.Safe(what)}</title></circle>");
        }

        public void Line(List<(double X, double Y)> points, string kind, double goodness = 1)
        {
            if (points.Count == 0)
                return;
            Add($"<path class=\"{kind} s{(int)(goodness * 4.99)}\" d=\"");
            for (int i = 0; i < points.Count; i++)
                Add($"{(i == 0 ? 'M' : 'L')}{X(points[i].X)} {Y(points[i].Y)}");
            Add($"\"/>");
        }

        public override string ToString() => _svg + "</svg>\n";
    }
}
