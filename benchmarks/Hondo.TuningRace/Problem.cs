using System.Text.Json;

namespace Hondo.TuningRace;

/// <summary>
/// A noiseless function of BBOB (Hansen et al. 2009, INRIA RR-6829) in 5 dimensions, as bbob.py made it.
/// </summary>
sealed partial class Problem
{
    const int D = 5;
    readonly double[] _optimum;
    readonly double[][] _r, _q, _peaks = [], _scales = [];
    readonly double[] _weights = [];
    readonly (double[] X, double Value)[] _checks;

    Problem(JsonElement json)
    {
        Number = json.GetProperty("number").GetInt32();
        (_optimum, _r, _q) = (Row(json.GetProperty("optimum")), Rows(json.GetProperty("R")),
            Rows(json.GetProperty("Q")));
        if (json.TryGetProperty("peaks", out JsonElement peaks))
            (_peaks, _scales, _weights) = (Rows(peaks), Rows(json.GetProperty("scales")),
                Row(json.GetProperty("weights")));
        _checks = [.. json.GetProperty("checks").EnumerateArray().Select(one =>
            (Row(one.GetProperty("x")), one.GetProperty("value").GetDouble()))];
    }

    public int Number { get; }

    public static Problem[] Read(string path) =>
        [.. JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.EnumerateArray().Select(one => new Problem(one))];

    public void Check()
    {
        foreach ((double[] x, double value) in _checks)
            if (Math.Abs(Value(x) - value) > 1e-9 * Math.Abs(value))
                throw new InvalidOperationException($"f{Number} is {Value(x)} here and {value} in Python.");
    }

    static double[] Row(JsonElement json) => [.. json.EnumerateArray().Select(one => one.GetDouble())];
    static double[][] Rows(JsonElement json) => [.. json.EnumerateArray().Select(Row)];
    static double[] Mul(double[][] m, double[] x) => [.. m.Select(row => row.Zip(x, (a, b) => a * b).Sum())];
    static double[] Lam(double alpha, double[] x) => [.. x.Select((v, i) => Math.Pow(alpha, 0.5 * i / (D - 1)) * v)];
    static double[] Asy(double beta, double[] x) => [.. x.Select((v, i) =>
        v > 0 ? Math.Pow(v, 1 + beta * i / (D - 1) * Math.Sqrt(v)) : v)];
    static double[] Osz(double[] x) => [.. x.Select(Osz)];
    static double Sum(double[] x, Func<double, int, double> f) => x.Select(f).Sum();
    static double Pen(double[] x) => x.Sum(v => Square(Math.Max(0, Math.Abs(v) - 5)));
    static double Square(double x) => x * x;
    static double Power(double a, int i) => Math.Pow(a, i / (D - 1.0));
    static double Sign(double x) => x < 0 ? -1 : 1;

    static double Osz(double x)
    {
        if (x == 0)
            return 0;
        double h = Math.Log(Math.Abs(x)), a = x > 0 ? 10 : 5.5, b = x > 0 ? 7.9 : 3.1;
        return Sign(x) * Math.Exp(h + 0.049 * (Math.Sin(a * h) + Math.Sin(b * h)));
    }

    static double Rastrigin(double[] z) => 10 * (D - z.Sum(v => Math.Cos(2 * Math.PI * v))) + z.Sum(Square);
    static double[] Rosenbrock(double[] z) => [.. z.Zip(z.Skip(1), (a, b) => 100 * Square(a * a - b) + Square(a - 1))];

    public double Value(double[] x)
    {
        double[] d = [.. x.Zip(_optimum, (a, b) => a - b)];
        double c = Math.Max(1, Math.Sqrt(D) / 8);
        return Number switch
        {
            1 => d.Sum(Square),
            2 => Sum(d, (v, i) => Power(1e6, i) * Square(Osz(v))),
            3 => Rastrigin(Lam(10, Asy(0.2, Osz(d)))),
            4 => Rastrigin([.. Osz(d).Select((v, i) =>
                (v > 0 && i % 2 == 0 ? 10 : 1) * Math.Pow(10, 0.5 * i / (D - 1)) * v)]) + 100 * Pen(x),
            5 => Sum(x, (v, i) => Slope(i, v)),
            6 => Math.Pow(Osz(Sum(Mul(_q, Lam(10, Mul(_r, d))), (v, i) =>
                Square((v * _optimum[i] > 0 ? 100 : 1) * v))), 0.9),
            7 => Steps(Lam(10, Mul(_r, d))) + Pen(x),
            8 => Rosenbrock([.. d.Select(v => c * v + 1)]).Sum(),
            9 => Rosenbrock([.. Mul(_r, x).Select(v => c * v + 0.5)]).Sum(),
            10 => Sum(Osz(Mul(_r, d)), (v, i) => Power(1e6, i) * v * v),
            11 => Sum(Osz(Mul(_r, d)), (v, i) => (i == 0 ? 1e6 : 1) * v * v),
            12 => Sum(Mul(_r, Asy(0.5, Mul(_r, d))), (v, i) => (i == 0 ? 1 : 1e6) * v * v),
            13 => Mul(_q, Lam(10, Mul(_r, d))) is var z ? z[0] * z[0] + 100 * Math.Sqrt(z.Skip(1).Sum(Square)) : 0,
            14 => Math.Sqrt(Sum(Mul(_r, d), (v, i) => Math.Pow(Math.Abs(v), 2 + 4.0 * i / (D - 1)))),
            15 => Rastrigin(Mul(_r, Lam(10, Mul(_q, Asy(0.2, Osz(Mul(_r, d))))))),
            16 => Weierstrass(Mul(_r, Lam(0.01, Mul(_q, Osz(Mul(_r, d)))))) + 10.0 / D * Pen(x),
            17 or 18 => Schaffer(Lam(Number == 17 ? 10 : 1000, Mul(_q, Asy(0.5, Mul(_r, d))))) + 10 * Pen(x),
            19 => 10.0 / (D - 1) * Rosenbrock([.. Mul(_r, x).Select(v => c * v + 0.5)]).Sum(v =>
                v / 4000 - Math.Cos(v)) + 10,
            20 => Schwefel(x),
            21 or 22 => Square(Osz(10 - Enumerable.Range(0, _weights.Length).Max(i => Peak(i, x)))) + Pen(x),
            23 => Katsuura(Mul(_q, Lam(100, Mul(_r, d)))) + Pen(x),
            _ => Lunacek(x),
        };
    }
}
