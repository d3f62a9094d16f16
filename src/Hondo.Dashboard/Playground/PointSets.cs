using System.Globalization;
using Hondo.Kernels;

namespace Hondo.Dashboard.Playground;

/// <summary>Points of the plane with x and y from −1 to 1, each of a class.</summary>
static class PointSets
{
    const int Count = 400;

    // As many as a picture shows, and a page may send.
    const int MostRows = 2000, MostClasses = 6;

    static readonly char[] Separators = [',', ';', '\t'];

    public static IReadOnlyList<string> Names { get; } = ["circle", "xor", "spiral", "clusters"];

    /// <summary>The points that the page asks for, in no order.</summary>
    /// <exception cref="FormatException">The user's table has no points.</exception>
    public static Points Of(PlaygroundOptions options)
    {
        if (options.Data == "csv")
            return Read(options.Csv);
        var numbers = new Philox(options.Seed, 1);
        var points = new Points(new float[2 * Count], new int[Count], ["0", "1"]);
        for (int i = 0; i < Count; i++)
        {
            (double x, double y, points.Classes[i]) =
                Point(options.Data, i, numbers.Uniform(4 * i), numbers.Uniform(4 * i + 1));
            points.Places[2 * i] = (float)(x + 0.3 * options.Noise * numbers.Normal(8 * Count + 2 * i));
            points.Places[2 * i + 1] = (float)(y + 0.3 * options.Noise * numbers.Normal(8 * Count + 2 * i + 1));
        }
        return points;
    }

    static (double X, double Y, int Class) Point(string name, int i, double a, double b)
    {
        int half = i % 2;
        switch (name)
        {
            case "circle":
                double radius = half == 0 ? 0.45 * Math.Sqrt(a) : 0.65 + 0.3 * a;
                return (radius * Math.Cos(2 * Math.PI * b), radius * Math.Sin(2 * Math.PI * b), half);
            case "xor":
                double x = 2 * a - 1, y = 2 * b - 1;
                (x, y) = (x + 0.06 * Math.Sign(x), y + 0.06 * Math.Sign(y));
                return (0.92 * x, 0.92 * y, x * y > 0 ? 0 : 1);
            case "spiral":
                double way = Math.Sqrt(a), angle = 3.5 * Math.PI * way + Math.PI * half;
                return (0.95 * way * Math.Cos(angle), 0.95 * way * Math.Sin(angle), half);
            default:
                double middle = half == 0 ? -0.4 : 0.4;
                return (middle + 0.7 * (a - 0.5), middle + 0.7 * (b - 0.5), half);
        }
    }

    /// <summary>A table of x, y and class; lines without two numbers, such as a header, are passed over.</summary>
    static Points Read(string csv)
    {
        List<float> places = [];
        List<string> words = [];
        foreach (string line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Take(MostRows + 1))
        {
            string[] cells = line.Trim().Split(Separators);
            if (cells.Length < 3 || !TryNumber(cells[0], out float x) || !TryNumber(cells[1], out float y))
                continue;
            places.AddRange([x, y]);
            words.Add(cells[2].Trim());
        }
        string[] classes = [.. words.Distinct().Order(StringComparer.Ordinal)];
        if (words.Count < 10 || classes.Length is < 2 or > MostClasses)
            throw new FormatException("The table has a line for each point: x, y and its class. "
                + $"{words.Count} points of {classes.Length} classes were found; 10 or more points and 2 to "
                + $"{MostClasses} classes are needed.");
        Fit(places, 0);
        Fit(places, 1);
        return new([.. places], [.. words.Select(word => Array.IndexOf(classes, word))], classes);
    }

    static bool TryNumber(string text, out float number) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && float.IsFinite(number);

    static void Fit(List<float> places, int axis)
    {
        double least = double.MaxValue, most = double.MinValue;
        for (int i = axis; i < places.Count; i += 2)
            (least, most) = (Math.Min(least, places[i]), Math.Max(most, places[i]));
        for (int i = axis; i < places.Count; i += 2)
            places[i] = most > least ? (float)(0.9 * (2 * (places[i] - least) / (most - least) - 1)) : 0;
    }
}
