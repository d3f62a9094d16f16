using System.Globalization;
using System.Text;

namespace Hondo.Insights;

/// <summary>What one op of one layer took.</summary>
/// <param name="Layer">The layer's path, or empty.</param>
/// <param name="Op">The op's name.</param>
/// <param name="Pass">forward, backward or update.</param>
/// <param name="Calls">How often it ran.</param>
/// <param name="Seconds">How long in all.</param>
/// <param name="Share">Which part of the steps' time, 0 to 1.</param>
/// <param name="Gigaflops">10⁹ operations a second, two for each multiply-add; 0 of elementwise ops.</param>
/// <param name="Gigabytes">10⁹ bytes a second, operands and results counted once.</param>
/// <param name="OfFloor">The least time that the machine could take over the time that it took.</param>
public sealed record ProfileRow(string Layer, string Op, string Pass, long Calls, double Seconds, double Share,
    double Gigaflops, double Gigabytes, double OfFloor);

/// <summary>A profile as a table of text, and as CSV.</summary>
public static class ProfileText
{
    /// <summary>The table, with at most so many rows.</summary>
    /// <param name="profile">What was measured.</param>
    /// <param name="most">Rows; the others are summed up.</param>
    public static string Of(Profiler profile, int most)
    {
        if (profile.Steps == 0)
            return $"No step was profiled: the first {profile.WarmUp} are not counted.";
        IReadOnlyList<ProfileRow> rows = profile.Rows;
        List<string[]> cells = [["layer", "op", "pass", "ms a step", "share", "rate", "of the floor"]];
        cells.AddRange(rows.Take(Math.Min(most, rows.Count - 1)).Select(row => Cells(row, profile.Steps)));
        if (rows.Count - 1 > most)
        {
            ProfileRow[] others = [.. rows.Skip(most).SkipLast(1)];
            cells.Add(["", $"{others.Length} others", "", Milliseconds(others.Sum(row => row.Seconds), profile.Steps),
                Percent(others.Sum(row => row.Share)), "", ""]);
        }
        cells.Add(Cells(rows[^1], profile.Steps));
        int[] widths = [.. Enumerable.Range(0, cells[0].Length).Select(c => cells.Max(row => row[c].Length))];
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture,
            $"{profile.Steps} steps, {1000 * profile.Seconds / profile.Steps:0.###} ms each; this machine: ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{profile.PeakGigaflops:0} GFLOP/s, {profile.PeakGigabytes:0} GB/s\n"));
        foreach (string[] row in cells)
            text.Append(string.Join("  ", row.Select((cell, c) => c < 3 ? cell.PadRight(widths[c])
                : cell.PadLeft(widths[c]))).TrimEnd()).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>All rows as CSV, with a header.</summary>
    public static string Csv(Profiler profile) => "layer,op,pass,calls,seconds,share,gflops,gbytes,of_floor\n"
        + string.Concat(profile.Rows.Select(row => string.Create(CultureInfo.InvariantCulture,
            $"{row.Layer},{row.Op},{row.Pass},{row.Calls},{row.Seconds:G6},{row.Share:G4},{row.Gigaflops:G4},")
            + string.Create(CultureInfo.InvariantCulture, $"{row.Gigabytes:G4},{row.OfFloor:G4}\n")));

    static string[] Cells(ProfileRow row, int steps) =>
    [
        row.Layer, row.Op, row.Pass, Milliseconds(row.Seconds, steps), Percent(row.Share),
        row.Gigaflops > 0 ? string.Create(CultureInfo.InvariantCulture, $"{row.Gigaflops:0.#} GFLOP/s")
            : row.Gigabytes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{row.Gigabytes:0.#} GB/s") : "",
        row.OfFloor > 0 ? Percent(row.OfFloor) : "",
    ];

    static string Milliseconds(double seconds, int steps) =>
        (1000 * seconds / steps).ToString("0.0000", CultureInfo.InvariantCulture);

    static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
