using System.Globalization;

namespace Hondo.Training;

/// <summary>Writes a score as people read it, in every culture the same.</summary>
public static class ScoreText
{
    /// <summary>Four decimals where they say enough, else four significant digits: <c>0.0471</c>, <c>1234</c>,
    /// <c>3.2E-06</c>.</summary>
    public static string Of(double value) => Math.Abs(value) switch
    {
        0 => "0.0000",
        < 0.001 or >= 1e6 => value.ToString("0.00E+00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0", CultureInfo.InvariantCulture),
    };
}
