using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hondo.Cli.Output;
using Hondo.Models;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo generate RUN</c>: writes text with a trained model, letter by letter as it comes.</summary>
static class GenerateVerb
{
    public static Command Command(Terminal terminal)
    {
        var usual = new GenerationOptions();
        var model = new Argument<string>("MODEL") { Description = "a run folder or a model file" };
        var prompt = new Option<string>("--prompt")
        {
            Description = "what the text begins with; - reads standard input",
            HelpName = "TEXT",
        };
        Option<int> length = Number("--length", "N", "characters, or other tokens, to write", usual.Length,
            "a whole number from 0", (int n) => n >= 0);
        Option<double> temperature = Number("--temperature", "X", "0 is always the likeliest, 1 as the text is",
            usual.Temperature, "a number from 0", (double t) => t >= 0 && double.IsFinite(t));
        Option<int> topK = Number("--top-k", "K", "draw from the K likeliest only; 0 from all", usual.TopK,
            "a whole number from 0", (int k) => k >= 0);
        Option<double> topP = Number("--top-p", "P", "draw from the likeliest that have probability P together",
            usual.TopP, "a probability above 0 and up to 1", (double p) => p is > 0 and <= 1);
        Option<ulong> seed = Number("--seed", "N", "another text for each", usual.Seed, "a whole number from 0",
            (ulong _) => true);
        var asJson = new Option<bool>("--json") { Description = "one JSON object" };
        var command = new Command("generate", "Write text with a trained model.")
        {
            model, prompt, length, temperature, topK, topP, seed, asJson,
        };
        command.SetAction(parsed => Write(parsed.GetValue(model)!, new()
        {
            Prompt = parsed.GetValue(prompt) is "-" ? terminal.In.ReadToEnd() : parsed.GetValue(prompt) ?? "",
            Length = parsed.GetValue(length),
            Temperature = parsed.GetValue(temperature),
            TopK = parsed.GetValue(topK),
            TopP = parsed.GetValue(topP),
            Seed = parsed.GetValue(seed),
        }, terminal, parsed.GetValue(asJson)));
        return command;
    }

    static int Write(string word, GenerationOptions options, Terminal terminal, bool asJson)
    {
        using var interruption = new Interruption();
        TextGenerator generator = TextGenerator.Load(SavedModel.Need(word));
        var text = new StringBuilder();
        long start = Stopwatch.GetTimestamp();
        IEnumerable<string> pieces = generator.Stream(options);
        if (!asJson)
            terminal.Out.Write(options.Prompt);
        foreach (string piece in pieces)
        {
            if (interruption.ExitCode != 0)
                break;
            if (asJson)
                text.Append(piece);
            else
                terminal.Out.Write(piece);
            if (!asJson && terminal.ShowsOutput)
                terminal.Out.Flush();
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!asJson)
            terminal.Out.WriteLine();
        else
            JsonLine.Write(terminal.Out, json =>
            {
                json.WriteString("event", "result");
                json.WriteString("prompt", options.Prompt);
                json.WriteString("text", text.ToString());
                json.WriteNumber("seconds", Math.Round(seconds, 3));
            });
        return interruption.ExitCode;
    }

    static Option<T> Number<T>(string name, string help, string description, T usual, string expected,
        Func<T, bool> isRight) where T : struct, IParsable<T> => NumberOption.Of(name, help,
            string.Create(CultureInfo.InvariantCulture, $"{description}; {usual}"), usual, expected, isRight);
}
