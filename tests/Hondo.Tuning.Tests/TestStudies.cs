namespace Hondo.Tuning.Tests;

/// <summary>Objectives and what is compared of a study.</summary>
static class TestStudies
{
    public static double Bowl(Trial trial) =>
        Enumerable.Range(0, 3).Sum(i => Math.Pow(trial.Float($"x{i}", -5, 5) - 1, 2));

    /// <summary>Every value of every trial, to the bit, but no times.</summary>
    public static string Fingerprint(Study study) => string.Join('\n', study.Trials.Select(trial =>
        $"{trial.Number} {trial.State} "
        + string.Join(' ', trial.Parameters.Select(one => $"{one.Name}={BitConverter.DoubleToInt64Bits(one.Value):x}"))
        + $" {string.Join(' ', trial.Values.Select(BitConverter.DoubleToInt64Bits))} "
        + $"{string.Join(' ', trial.Points)}"));
}
