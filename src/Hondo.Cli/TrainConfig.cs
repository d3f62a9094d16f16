using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hondo.Data;
using Hondo.Training;

namespace Hondo.Cli;

/// <summary>Every option of a training after defaults, as config.json holds it.</summary>
static class TrainConfig
{
    static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON, with the names of the options.</summary>
    public static string Write(TrainJob job)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            Recipe recipe = job.Recipe;
            json.WriteStartObject();
            json.WriteString("data", job.Data);
            TableOptions.Write(json, job.Csv);
            if (job.From is null)
                json.WriteString("model", recipe.Model);
            else
                job.From.WriteTo(json);
            json.WriteString("optimizer", recipe.Optimizer);
            json.WriteString("schedule", recipe.Schedule);
            json.WriteString("loss", recipe.Loss);
            json.WriteNumber("epochs", recipe.Epochs);
            json.WriteNumber("batch", recipe.Batch);
            json.WriteNumber("seed", recipe.Seed);
            json.WriteNumber("threads", Hondo.Kernels.Workers.Count);
            json.WriteBoolean("exact", Hondo.Kernels.Numerics.Exact);
            json.WriteString("split", job.Split.ToString());
            if (job.Source.Parts.Train is { Targets.Tokenizer: { } tokenizer, Sample: [var window] })
            {
                json.WriteString("tokens", TextData.KindOf(tokenizer));
                json.WriteNumber("window", window);
            }
            if (job.Size is { } size)
                json.WriteNumber("size", size);
            json.WriteString("normalize", recipe.Normalize ? "on" : "off");
            json.WriteString("augment", recipe.Augment);
            json.WriteString("average", job.Average);
            foreach (GivenOption given in job.Acting)
                Write(json, given);
            json.WriteNumber("human-error", job.HumanError);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static void Write(Utf8JsonWriter json, GivenOption given)
    {
        if (int.TryParse(given.Value, CultureInfo.InvariantCulture, out int number))
            json.WriteNumber(given.Name, number);
        else
            json.WriteString(given.Name, given.Value);
    }
}

/// <summary>An option that acts while a training runs.</summary>
/// <param name="Option">The option.</param>
/// <param name="Make">The callback that does it, by the command line and the number that the best epoch is chosen by;
/// null of one that another option's callback reads.</param>
sealed record ActingOption(Option Option, Func<ParseResult, string?, Callback?> Make)
{
    /// <summary>What was given of it; null when it was not.</summary>
    public GivenOption? Given(ParseResult parsed) =>
        parsed.GetResult(Option) is not { Implicit: false } result ? null
            : new(Option.Name.TrimStart('-'), result.Tokens is [var word] ? word.Value : "true",
                monitor => Make(parsed, monitor));
}

/// <summary>An option as it was given.</summary>
/// <param name="Name">Its name in config.json.</param>
/// <param name="Value">Its text.</param>
/// <param name="Make">The callback that does it, or null.</param>
sealed record GivenOption(string Name, string Value, Func<string?, Callback?> Make);
