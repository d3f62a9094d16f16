using System.Globalization;
using System.Text.RegularExpressions;
using Hondo.Data;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>What a search does with what was left out: it is tried as it usually is, and otherwise.</summary>
static partial class TuneDefaults
{
    const int Parts = 8, PartsOfFew = 4, Few = 5, Kept = 3;

    // What changes nothing by itself, as networks of dense layers do not, may well gain by it, and by half of it more:
    // that is to be found out.
    public static StudySettings WithAugmentation(StudySettings settings, TrainJob job)
    {
        Dataset train = job.Source.Parts.Train;
        if (job.Recipe.Augment.Length > 0 || train.Classes.Count == 0
            || Recipe.AugmentFor(train) is not { Length: > 0 } whole)
            return settings;
        string half = Half(whole), changes = half == whole ? $"{{|{whole}}}" : $"{{|{half}|{whole}}}";
        return settings with
        {
            Texts = [.. settings.Texts, ("augment", changes)],
            Notes = (TuneNotes.Of(settings) with { Also = "augment" }).ToDictionary(),
        };
    }

    // Pixels, degrees and shares; of an area a smaller one is the larger change.
    static string Half(string changes) => changes.Contains("Area", StringComparison.Ordinal) ? changes
        : Number().Replace(changes, number => int.TryParse(number.Value, CultureInfo.InvariantCulture, out int whole)
            ? ((whole + 1) / 2).ToString(CultureInfo.InvariantCulture)
            : (double.Parse(number.Value, CultureInfo.InvariantCulture) / 2).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();

    // The first epochs favour what learns fast over what ends well: schedules that warm up, small rates and samples
    // that change show late. None is judged before an eighth of its epochs, of few epochs before a quarter, and then a
    // third of them go on.
    public static StudySettings WithHalving(StudySettings settings, TrainJob job) => settings with
    {
        Pruner = string.Create(CultureInfo.InvariantCulture, $"asha(first: {Math.Max(Math.Max(1,
            job.Recipe.Epochs / Parts), Math.Min(Few, job.Recipe.Epochs / PartsOfFew))}, factor: {Kept})"),
    };

    // What is known to work is tried first; a grid has its points, and tries those.
    public static void BeginWithUsual(Study study, Terminal terminal, CancellationToken cancellation)
    {
        if (study.Settings.Sampler != "grid" && new TrialRunner(study, terminal).UsualValues(cancellation) is
            { Count: > 0 } usual)
            study.Storage.Enqueue(study.Name, 0, [("", usual)]);
    }
}
