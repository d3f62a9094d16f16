using System.Globalization;
using System.IO.Compression;

namespace Hondo.Classical.Tests;

/// <summary>Rows, folds, and what scikit-learn said to them: the files of Reference/make-reference.py.</summary>
sealed class ReferenceData
{
    readonly string[] _head;
    readonly double[][] _rows;

    ReferenceData(string name)
    {
        string[] lines = Lines(name);
        _head = lines[0].Split(',');
        _rows = [.. lines.Skip(1).Select(Numbers)];
    }

    public static ReferenceData Of(string name) => new(name);

    public int Count => _rows.Length;

    public int[] Labels => Column("label");

    public int[] Folds => Column("fold");

    /// <summary>What a model of scikit-learn said to each row when its fold was left out.</summary>
    public int[] Said(string model) => Column(model);

    /// <summary>The rows as they are.</summary>
    public FeatureMatrix Features => new([.. _rows.SelectMany(row => row[First..])], _head.Length - First);

    /// <summary>All rows with mean 0 and deviation 1 in each column.</summary>
    public FeatureMatrix Standardized => Standardize(Features, [.. Enumerable.Range(0, Count)]);

    /// <summary>What each row is predicted to be by a model that was fitted on the other folds.</summary>
    public int[] CrossPredict(Func<IClassifier> make)
    {
        int[] labels = Labels, folds = Folds, said = new int[Count];
        foreach (int fold in folds.Distinct())
        {
            int[] train = [.. Enumerable.Range(0, Count).Where(i => folds[i] != fold)];
            int[] dev = [.. Enumerable.Range(0, Count).Where(i => folds[i] == fold)];
            FeatureMatrix x = Standardize(Features, train);
            IClassifier model = make();
            model.Fit(x.Take(train), [.. train.Select(i => labels[i])]);
            foreach ((int row, int label) in dev.Zip(model.Predict(x.Take(dev))))
                said[row] = label;
        }
        return said;
    }

    public double Accuracy(int[] said) => said.Zip(Labels, (a, b) => a == b ? 1.0 : 0).Average();

    /// <summary>The rows of a file of numbers.</summary>
    public static double[][] Table(string name) => [.. Lines(name).Select(Numbers)];

    int First => Array.IndexOf(_head, "x0");

    int[] Column(string name) => [.. _rows.Select(row => (int)row[Array.IndexOf(_head, name)])];

    static FeatureMatrix Standardize(FeatureMatrix x, int[] train)
    {
        double[] values = x.Values.ToArray();
        for (int j = 0; j < x.Columns; j++)
        {
            double mean = train.Average(i => x[i][j]);
            double deviation = Math.Sqrt(train.Average(i => (x[i][j] - mean) * (x[i][j] - mean)));
            for (int i = 0; i < x.Rows; i++)
                values[i * x.Columns + j] = (x[i][j] - mean) / (deviation > 0 ? deviation : 1);
        }
        return new(values, x.Columns);
    }

    static double[] Numbers(string line) =>
        [.. line.Split(',').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    static string[] Lines(string name)
    {
        using Stream file = typeof(ReferenceData).Assembly.GetManifestResourceStream($"{name}.csv.gz")!;
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
