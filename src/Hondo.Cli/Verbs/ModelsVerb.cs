using System.CommandLine;
using System.Text.Json;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Transfer;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo models list|show|get|path</c>: the pretrained networks that have a name.</summary>
static class ModelsVerb
{
    public static Command Command(Terminal terminal) =>
        new("models", "Pretrained networks: what there is, download, check, where.")
        {
            List(terminal),
            Named("show", "Say what a network wants and where it comes from.", model => Show(model, terminal)),
            Named("get", "Download a network that is not on this machine; check it by its SHA-256.",
                model => Get(model, terminal)),
            Named("path", "Say where the weights of a network lie.", model => ShowPath(model, terminal)),
        };

    static Command List(Terminal terminal)
    {
        var asJson = new Option<bool>("--json") { Description = "JSON lines, with everything that is known" };
        var command = new Command("list", "List the networks.") { asJson };
        command.SetAction(parsed =>
        {
            if (!parsed.GetValue(asJson))
                TextTable.Write(terminal.Out, [.. Pretrained.Catalog.Select(model => new[] { model.Name, model.Summary,
                    model.Chosen.Licence, Place(model) })]);
            else
                foreach (PretrainedModel model in Pretrained.Catalog)
                    JsonLine.Write(terminal.Out, json => Write(json, model));
        });
        return command;
    }

    static Command Named(string name, string description, Action<PretrainedModel> act)
    {
        var model = new Argument<string>("NAME") { Description = "the network's name, e.g. mobilenet_v2" };
        var command = new Command(name, description) { model };
        command.SetAction(parsed => act(Pretrained.Find(parsed.GetValue(model)!)));
        return command;
    }

    static string Place(PretrainedModel model) => model.Chosen switch
    {
        { Path: { } path } => path,
        { CanFetch: true } => $"not here: ./hondo models get {model.Name}",
        var weights => $"not here: bring {weights.File.Name}",
    };

    static void Write(Utf8JsonWriter json, PretrainedModel model)
    {
        PretrainedWeights weights = model.Chosen;
        json.WriteString("name", model.Name);
        json.WriteString("summary", model.Summary);
        json.WriteNumber("classes", model.Classes.Count);
        json.WriteString("file", weights.File.Name);
        json.WriteNumber("bytes", weights.File.Size);
        json.WriteString("sha256", weights.File.Sha256);
        json.WriteString("preprocessing", weights.Preprocessing.ToString());
        json.WriteString("source", weights.Source);
        json.WriteString("licence", weights.Licence);
        json.WriteStartArray("mirrors");
        foreach (Uri mirror in weights.Mirrors)
            json.WriteStringValue(mirror.AbsoluteUri);
        json.WriteEndArray();
        json.WriteString("place", Place(model));
    }

    static void Show(PretrainedModel model, Terminal terminal)
    {
        string classes = model.Classes.Count == 0 ? "none: a body, for transfer"
            : $"{model.Classes.Count}: {string.Join(", ", model.Classes.Take(6))}"
                + (model.Classes.Count > 6 ? ", …" : "");
        List<string[]> rows = [[model.Name, model.Summary], ["classes", classes]];
        foreach (PretrainedWeights weights in model.Weights)
            rows.AddRange([
                [weights == model.Chosen ? "weights" : "or", FormattableString.Invariant(
                    $"{weights.File.Name}, {weights.File.Size / 1e6:0.0} MB")],
                ["sees", weights.Preprocessing.ToString()],
                ["source", weights.Source],
                ["licence", weights.Licence],
                ["SHA-256", weights.File.Sha256],
                ["mirrors", weights.CanFetch ? string.Join(" ", weights.Mirrors) : "none: bring it by hand"],
                ["place", weights.Path ?? "not on this machine"],
            ]);
        TextTable.WritePairs(terminal.Out, rows, terminal.Width());
    }

    static void Get(PretrainedModel model, Terminal terminal)
    {
        using var interruption = new Interruption();
        terminal.Out.WriteLine(model.FetchAsync(new DownloadLines(terminal), interruption.Token).GetAwaiter()
            .GetResult());
    }

    static void ShowPath(PretrainedModel model, Terminal terminal) => terminal.Out.WriteLine(model.Chosen.Path
        ?? throw new DataFormatException(model.Name, "",
            $"{model.Chosen.File.Name} is in none of {string.Join(", ", DataFolders.Of(model.Chosen.Place))}",
            model.Chosen.CanFetch ? $"Get it with './hondo models get {model.Name}'." : "Put it there."));
}
