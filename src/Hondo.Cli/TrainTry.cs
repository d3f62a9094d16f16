using System.CommandLine;
using System.Text.RegularExpressions;
using Hondo.Cli.Output;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Cli;

/// <summary>What can be tried instead of a training: <c>--find-rate</c> and <c>--overfit-batch</c>; <c>--dry-run</c> is
/// <see cref="DryRun"/>.</summary>
static partial class TrainTry
{
    /// <summary>Does it and returns the exit code.</summary>
    public delegate int Doing(TrainJob job, bool asJson, Terminal terminal, CancellationToken cancellation);

    /// <summary>What the command line asks for; null for a training.</summary>
    /// <exception cref="UsageException">It asks for several.</exception>
    public static Doing? Asked(ParseResult parsed, TrainOptions options)
    {
        (Option<bool> Option, Doing Do)[] asked = [.. ((Option<bool>, Doing)[])[(options.FindRate, FindRate),
            (options.OverfitBatch, OverfitBatch), (options.DryRun, DryRun.Do)]];
        asked = [.. asked.Where(one => parsed.GetValue(one.Option))];
        // A dry run is asked for with all the options of the run that it tries.
        if (asked is [var one, ..] && one.Option != options.DryRun)
            Applicability.Refuse(parsed, $"is for a training, but {one.Option.Name} does not train",
                [options.TimeLimit, options.CheckpointEvery, options.Average,
                    .. options.Acting.Select(one => one.Option), options.Profile, options.Dashboard]);
        return asked.Length <= 1 ? asked.FirstOrDefault().Do
            : throw new UsageException($"{asked[0].Option.Name} and {asked[1].Option.Name} are two things: ask for "
                + "one after the other.");
    }

    static int FindRate(TrainJob job, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        RateCurve curve = new RateFinder().Find(job.Trainer(job.Source.Parts), job.Source.Parts, cancellation);
        Directory.CreateDirectory(job.RunPath);
        string chart = Path.Combine(job.RunPath, "learning-rate.svg");
        DurableFile.WriteText(chart, curve.ToChart().ToSvg());
        DurableFile.WriteText(Path.ChangeExtension(chart, ".csv"), curve.ToCsv());
        string optimizer = curve.Suggestion is not { } rate ? job.Recipe.Optimizer
            : RateInText().Replace(job.Recipe.Optimizer, FormattableString.Invariant($"learningRate: {rate:g2}"), 1);
        if (asJson)
            JsonLine.Write(terminal.Out, json =>
            {
                json.WriteString("event", "rate");
                if (curve.Suggestion is { } suggestion)
                    json.WriteNumber("suggestion", suggestion);
                json.WriteString("message", curve.ToString());
                json.WriteString("optimizer", optimizer);
                json.WriteString("chart", chart);
            });
        else
            terminal.Out.WriteLine($"{curve}\nTrain with: --optimizer \"{optimizer}\"\nThe curve is in {chart}");
        return 0;
    }

    [GeneratedRegex("learningRate: [^,)]+")]
    private static partial Regex RateInText();

    static int OverfitBatch(TrainJob job, bool asJson, Terminal terminal, CancellationToken cancellation)
    {
        OverfitResult result = OverfitCheck.Run(job.Trainer(job.Source.Parts), job.Source.Parts,
            cancellation: cancellation);
        if (asJson)
            JsonLine.Write(terminal.Out, json =>
            {
                json.WriteString("event", "overfit");
                json.WriteBoolean("byHeart", result.IsByHeart);
                json.WriteNumber("steps", result.Steps);
                json.WriteFinite("firstLoss", result.FirstLoss);
                json.WriteFinite("loss", result.Loss);
                json.WriteString("message", result.ToString());
            });
        else
            terminal.Out.WriteLine(result);
        return result.IsByHeart ? 0 : 1;
    }
}
