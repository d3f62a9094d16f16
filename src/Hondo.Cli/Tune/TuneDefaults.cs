using System.Globalization;
using Hondo.Data;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>What a search does with what was left out: it is tried as it usually is, and otherwise.</summary>
static class TuneDefaults
{
    const int Kept = 3;

    // What changes nothing by itself, as networks of dense layers do not, may well gain by it: that is to be found out.
    public static StudySettings WithAugmentation(StudySettings settings, TrainJob job)
    {
        Dataset train = job.Source.Parts.Train;
        return job.Recipe.Augment.Length > 0 || train.Classes.Count == 0 || Recipe.AugmentFor(train) is not
        { Length: > 0 } changes ? settings : settings with
        {
            Texts = [.. settings.Texts, ("augment", $"{{|{changes}}}")],
            Notes = (TuneNotes.Of(settings) with { Also = "augment" }).ToDictionary(),
        };
    }

    // Schedules that warm up and samples that change say little in their first epochs, and of some forty trials few are
    // left when a quarter goes on: none is judged before a ninth of its epochs, and then a third goes on.
    public static StudySettings WithHalving(StudySettings settings, TrainJob job) => settings with
    {
        Pruner = string.Create(CultureInfo.InvariantCulture,
            $"asha(first: {Math.Max(1, job.Recipe.Epochs / (Kept * Kept))}, factor: {Kept})"),
    };

    // What is known to work is tried first; a grid has its points, and tries those.
    public static void BeginWithUsual(Study study, Terminal terminal, CancellationToken cancellation)
    {
        if (study.Settings.Sampler != "grid" && new TrialRunner(study, terminal).UsualValues(cancellation) is
            { Count: > 0 } usual)
            study.Storage.Enqueue(study.Name, 0, [("", usual)]);
    }
}
