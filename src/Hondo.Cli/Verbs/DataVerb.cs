using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Data;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo data list|show|get|verify|path</c>: the data sets that have a name.</summary>
static class DataVerb
{
    public static Command Command(Terminal terminal) =>
        new("data", "Data sets: what there is, download, check, where.")
        {
            List(terminal),
            DataShow.Command(terminal),
            Named("get", "Download a data set that is not on this machine.", name => Get(name, terminal)),
            Named("verify", "Check the files of a data set by their SHA-256.", name => Verify(name, terminal)),
            Named("path", "Say where a data set lies.", name => ShowPath(name, terminal)),
        };

    static Command List(Terminal terminal)
    {
        var asJson = new Option<bool>("--json") { Description = "JSON lines" };
        var command = new Command("list", "List the data sets.") { asJson };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(asJson))
                TextTable.Write(terminal.Out,
                    [.. Datasets.Catalog.Select(data => new[] { data.Name, data.Summary, Place(data) })]);
            else
                foreach (NamedDataset data in Datasets.Catalog)
                    JsonLine.Write(terminal.Out, json =>
                    {
                        json.WriteString("name", data.Name);
                        json.WriteString("summary", data.Summary);
                        json.WriteString("place", Place(data));
                    });
        });
        return command;
    }

    static string Place(NamedDataset data) => data.IsEmbedded ? "embedded"
        : data.Folder ?? $"not here: ./hondo data get {data.Name}";

    static Command Named(string name, string description, Func<string, int> act)
    {
        var data = new Argument<string>("NAME") { Description = "the data set's name" };
        var command = new Command(name, description) { data };
        command.SetAction(parsed => act(Datasets.Find(parsed.GetValue(data)!).Name));
        return command;
    }

    static int Get(string name, Terminal terminal)
    {
        NamedDataset data = Datasets.Find(name);
        if (!data.IsEmbedded && data.Folder is null)
        {
            RemoteDataset remote = RemoteDatasets.Find(name) ?? throw new DataFormatException(name, "",
                "it has no mirror", $"Put its files into {DataFolders.Of(data.Place)[0]}.");
            using var interruption = new Interruption();
            var progress = new DownloadLines(terminal);
            string folder = Path.Combine(DataFolders.Cache, data.Place);
            remote.FetchAsync(folder, progress: progress, cancellation: interruption.Token).GetAwaiter().GetResult();
        }
        return ShowPath(name, terminal);
    }

    static int ShowPath(string name, Terminal terminal)
    {
        NamedDataset data = Datasets.Find(name);
        if (!data.IsEmbedded && data.Folder is null)
            throw new DataFormatException(name, "", $"it is in none of {string.Join(", ", DataFolders.Of(data.Place))}",
                $"Get it with './hondo data get {name}'.");
        terminal.Out.WriteLine(data.IsEmbedded ? "embedded" : data.Folder);
        return 0;
    }

    static int Verify(string name, Terminal terminal)
    {
        NamedDataset data = Datasets.Find(name);
        if (data.IsEmbedded)
        {
            terminal.Out.WriteLine($"{name} is embedded in the program");
            return 0;
        }
        RemoteDataset remote = RemoteDatasets.Find(name)
            ?? throw new DataFormatException(name, "", "its right sums are not known", "Trust where it came from.");
        string folder = data.Folder ?? DataFolders.Of(data.Place)[0];
        IReadOnlyList<FileCheck> checks = remote.CheckAsync(folder).GetAwaiter().GetResult();
        TextTable.Write(terminal.Out, [.. checks.Select(check => new[]
        {
            check.State switch { FileState.Whole => "ok", FileState.Missing => "missing", _ => "damaged" },
            check.Name,
            check.Detail,
        })]);
        return checks.All(check => check.State == FileState.Whole) ? 0
            : throw new DataFormatException(folder, "", $"{name} is not whole there",
                $"Delete what is damaged, and get it again with './hondo data get {name}'.");
    }
}
