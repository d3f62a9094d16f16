using Hondo.Data;

namespace Hondo.Training;

/// <summary>Some evenly spaced training samples, column by column: enough to judge features by, and quick.</summary>
static class TrainingSample
{
    const int MostRows = 2000;

    /// <summary>Features beyond these are not looked at one by one: they are pixels, not columns.</summary>
    public const int MostFeatures = 256;

    public static int Count(Dataset data) => Math.Min(data.Count, MostRows);

    public static int RowOf(Dataset data, int i) => data.Row((int)((long)i * data.Count / Count(data)));

    public static float[] Column(Dataset data, int feature)
    {
        var column = new float[Count(data)];
        for (int i = 0; i < column.Length; i++)
            column[i] = data.Features[RowOf(data, i), feature];
        return column;
    }

    /// <summary>True for the rows of a table: each number has a meaning of its own.</summary>
    public static bool IsTable(Dataset data) =>
        data.Features is FloatFeatures && data.Sample.Rank == 1 && data.Sample.Size <= MostFeatures;

    public static (double Mean, double Deviation) Moments(ReadOnlySpan<float> column)
    {
        double sum = 0, squares = 0;
        foreach (float x in column)
            sum += x;
        double mean = sum / column.Length;
        foreach (float x in column)
            squares += (x - mean) * (x - mean);
        return (mean, Math.Sqrt(squares / column.Length));
    }
}
