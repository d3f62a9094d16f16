using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>Scores and epochs as JSON: one form in every file and on every line.</summary>
public static class ScoresJson
{
    /// <summary>The properties of an epoch, into an object that is open.</summary>
    public static void WriteTo(this EpochRecord epoch, Utf8JsonWriter json)
    {
        json.WriteNumber("epoch", epoch.Epoch);
        json.WriteNumber("seconds", Math.Round(epoch.Seconds, 3));
        json.WriteNumber("learningRate", epoch.LearningRate);
        json.WriteNumber("step", epoch.Steps);
        json.Write("train", epoch.Train);
        if (epoch.Dev is not null)
            json.Write("dev", epoch.Dev);
    }

    /// <summary>A property that holds scores.</summary>
    public static void Write(this Utf8JsonWriter json, string property, Scores scores)
    {
        json.WriteStartObject(property);
        foreach ((string name, double value) in scores)
            json.WriteFinite(name, value);
        json.WriteEndObject();
    }

    /// <summary>A number; null when it is NaN or infinite, which JSON has no word for.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string property, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(property, value);
        else
            json.WriteNull(property);
    }
}

/// <summary>The course of a training as text.</summary>
public static class HistoryTables
{
    extension(History history)
    {
        /// <summary>One row for each epoch, with a header.</summary>
        public string ToCsv() => Csv(history.Names, history);

        /// <summary>The header, and the row of the last epoch.</summary>
        internal (string Header, string Row) LastCsv() =>
            Csv(history.Names, [history[^1]]).Split('\n') is [var header, var row, ..] ? (header, row)
            : throw new UnreachableException();

        /// <summary>A JSON array with one object for each epoch.</summary>
        public string ToJson()
        {
            using var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes, new() { Indented = true }))
            {
                json.WriteStartArray();
                foreach (EpochRecord epoch in history)
                {
                    json.WriteStartObject();
                    epoch.WriteTo(json);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            return Encoding.UTF8.GetString(bytes.ToArray());
        }
    }

    static string Csv(IEnumerable<string> names, IEnumerable<EpochRecord> epochs)
    {
        var text = new StringBuilder("epoch,seconds,learning rate,");
        text.AppendJoin(',', names).Append('\n');
        foreach (EpochRecord epoch in epochs)
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{epoch.Seconds:0.###},{epoch.LearningRate:R},")
                .AppendJoin(',', epoch.Numbers.Select(n => n.Value.ToString("R", CultureInfo.InvariantCulture)))
                .Append('\n');
        return text.ToString();
    }
}

/// <summary>Findings as JSON.</summary>
public static class FindingJson
{
    /// <summary>Writes a finding's properties into an open JSON object: <c>code</c>, <c>severity</c>, …</summary>
    public static void WriteTo(this Finding finding, Utf8JsonWriter json)
    {
        json.WriteString("code", finding.Code);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("message", finding.Message);
        json.WriteString("sentence", finding.Sentence);
        json.WriteString("rule", finding.Rule);
        json.WriteString("remedy", finding.Remedy);
        if (finding.Layer is not null)
            json.WriteString("layer", finding.Layer);
        if (finding.Op is not null)
            json.WriteString("op", finding.Op);
        if (finding.Row is { } row)
            json.WriteNumber("row", row);
    }
}
