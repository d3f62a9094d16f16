using System.CommandLine;
using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Cli.Tune;
using Hondo.Serialization;
using Hondo.Tuning;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo studies list|show|export|delete</c>: the searches of this machine, or of a database.</summary>
static class StudiesVerb
{
    public static Command Command(Terminal terminal) =>
        new("studies", "Studies: what was searched, and what was found.")
        {
            List(terminal), Show(terminal), Export(terminal), Delete(terminal),
        };

    static Argument<string> Study() => new("STUDY") { Description = "a study file, or the address of a database" };

    static Option<string?> Name() => new("--name")
    {
        Description = "the study in it, when there are several",
        HelpName = "NAME",
    };

    static Command List(Terminal terminal)
    {
        var place = new Argument<string>("PLACE")
        {
            Description = "a folder of study files, a study file, or the address of a database; studies",
            DefaultValueFactory = _ => "studies",
        };
        Option<bool> asJson = RunsVerb.AsJson();
        var command = new Command("list", "List the studies.") { place, asJson };
        command.SetAction(parsed =>
        {
            string asked = parsed.GetValue(place)!;
            (string Place, StudySummary Study)[] all = [.. PlacesIn(asked).SelectMany(one => In(one, asked, terminal))];
            if (parsed.GetValue(asJson))
                foreach ((string where, StudySummary one) in all)
                    JsonLine.Write(terminal.Out, json =>
                    {
                        json.WriteString("place", TunePlan.Shown(where));
                        json.WriteString("name", one.Name);
                        json.WriteNumber("finished", one.Finished);
                        json.WriteNumber("trials", one.Settings.Trials);
                        json.WriteString("sampler", one.Settings.Sampler);
                    });
            else if (all.Length == 0)
                terminal.Out.WriteLine("No studies here. Begin one with: hondo tune DATA");
            else
                TextTable.Write(terminal.Out, [["place", "study", "finished", "sampler", "pruner"],
                    .. all.Select(row => ((string[])[TunePlan.Shown(row.Place), row.Study.Name,
                        $"{row.Study.Finished}/{row.Study.Settings.Trials}", row.Study.Settings.Sampler,
                        row.Study.Settings.Pruner]).Select(PlainText.Of).ToArray())]);
        });
        return command;
    }

    static IEnumerable<string> PlacesIn(string place) => PostgresStorage.IsAddress(place) || File.Exists(place)
        ? [place]
        : Directory.Exists(place) ? Directory.EnumerateFiles(place, "*.db").Order(StringComparer.Ordinal)
        : place == "studies" ? [] : throw new UsageException($"There is no study file and no folder '{place}'.");

    static IEnumerable<(string, StudySummary)> In(string place, string asked, Terminal terminal)
    {
        using IStudyStorage storage = StudyStorage.Open(place);
        try
        {
            return [.. storage.List().Select(one => (place, one))];
        }
        // In a folder one bad file hides no other.
        catch (Exception error) when (place != asked && error is (IOException or FormatException))
        {
            terminal.Error.WriteLine($"{place}: {error.Message}");
            return [];
        }
    }

    static Command Show(Terminal terminal)
    {
        (Argument<string> place, Option<string?> name, Option<bool> asJson) = (Study(), Name(), RunsVerb.AsJson());
        var command = new Command("show", "Show what a study found, and what it advises.") { place, name, asJson };
        command.SetAction(parsed =>
        {
            using IStudyStorage storage = OpenExisting(parsed.GetValue(place)!);
            TuneResult result = TuneResult.Of(Need(storage, parsed.GetValue(name)), terminal);
            if (parsed.GetValue(asJson))
                JsonLine.Write(terminal.Out, result.WriteTo);
            else
                result.WriteTo(terminal.Out);
        });
        return command;
    }

    static Command Export(Terminal terminal)
    {
        (Argument<string> place, Option<string?> name) = (Study(), Name());
        var to = new Option<string>("--to")
        {
            Description = "FILE.csv, FILE.json or FILE.html",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("export", "Write the trials as a table or as JSON, or a report.") { place, name, to };
        command.SetAction(parsed =>
        {
            using IStudyStorage storage = OpenExisting(parsed.GetValue(place)!);
            Study study = Need(storage, parsed.GetValue(name));
            string file = parsed.GetValue(to)!;
            string text = Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".csv" => StudyExport.ToCsv(study),
                ".json" => StudyExport.ToJson(study),
                ".html" => StudyReport.Of(study),
                _ => throw new UsageException($"hondo studies export writes .csv, .json and .html, not '{file}'."),
            };
            DurableFile.WriteText(file, text);
            terminal.Out.WriteLine($"{study.Trials.Count.ToString(CultureInfo.InvariantCulture)} trials are in {file}");
        });
        return command;
    }

    static Command Delete(Terminal terminal)
    {
        (Argument<string> place, Option<string?> name) = (Study(), Name());
        var command = new Command("delete", "Delete a study; the run folders of its trials stay.") { place, name };
        command.SetAction(parsed =>
        {
            using IStudyStorage storage = OpenExisting(parsed.GetValue(place)!);
            string study = Need(storage, parsed.GetValue(name)).Name;
            storage.Delete(study);
            terminal.Out.WriteLine($"The study {PlainText.Of(study)} is deleted.");
        });
        return command;
    }

    static IStudyStorage OpenExisting(string place) => PostgresStorage.IsAddress(place) || File.Exists(place)
        ? StudyStorage.Open(place)
        : throw new UsageException($"There is no study file '{place}'. 'hondo studies list' shows those in studies/.");

    static Study Need(IStudyStorage storage, string? name)
    {
        IReadOnlyList<StudySummary> all = storage.List();
        string known = string.Join(", ", all.Select(one => one.Name));
        return name is null
            ? all is [var only] ? Tuning.Study.Open(storage, only.Name)
                : throw new UsageException($"There are {all.Count} studies here: choose one with --name: {known}")
            : all.Any(one => one.Name == name) ? Tuning.Study.Open(storage, name)
            : throw new UsageException($"There is no study '{name}' here: there are {known}");
    }
}
