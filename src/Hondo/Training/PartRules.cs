using Hondo.Data;
using Hondo.Findings;

namespace Hondo.Training;

/// <summary>Findings in how the data was split: they are looked for before every training.</summary>
static class PartRules
{
    public static readonly DiagnosisRule Shared = new("parts-share-samples", Severity.Warning,
        "More than one sample of the dev or test part is in the training part, exactly alike. (Shared rows, or far "
        + "more twins than the data has by itself, are an error.)",
        "Split once, before anything else, and leave twins out.");

    public static List<Finding> Check(DataSplits data)
    {
        // Windows of a text may well be alike: whole parts cannot share a position. Bits are drawn for each part.
        if (data.Train.Features.Streams is not null || data.Train.Targets.AreDrawn)
            return [];
        List<Finding> noticed = [];
        foreach (Dataset? part in (ReadOnlySpan<Dataset?>)[data.Dev, data.Test])
            if (part is not null && Leakage.Guard(data.Train, part) is { } leakage)
                noticed.Add(Shared.Found(leakage.Said!));
        return noticed;
    }
}
