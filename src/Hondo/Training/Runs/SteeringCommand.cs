using System.Text;
using System.Text.Json;

namespace Hondo.Training;

/// <summary>Something asked of a training that runs.</summary>
/// <param name="Action">What.</param>
/// <param name="LearningRate">The rate from 0 that <see cref="SteeringAction.SetRate"/> sets; else null.</param>
public sealed record SteeringCommand(SteeringAction Action, double? LearningRate = null)
{
    // A rate beyond this is a slip of the keyboard.
    const double MostRate = 1000;

    static readonly string[] Names = ["pause", "resume", "checkpoint", "stop", "set-rate", "follow-schedule"];

    /// <summary>The action's name in files: <c>set-rate</c>.</summary>
    public string Name => Names[(int)Action];

    /// <summary>The command as JSON: <c>{"action":"set-rate","learningRate":0.01}</c>.</summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            WriteTo(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The properties, into an object that is open.</summary>
    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("action", Name);
        if (LearningRate is { } rate)
            json.WriteNumber("learningRate", rate);
    }

    /// <summary>Reads a command.</summary>
    /// <exception cref="FormatException">It is none; the message says what one looks like.</exception>
    public static SteeringCommand Parse(string json)
    {
        try
        {
            using var parsed = JsonDocument.Parse(json, new() { MaxDepth = 4 });
            JsonElement root = parsed.RootElement;
            int action = Array.IndexOf(Names, root.GetProperty("action").GetString());
            double? rate = root.TryGetProperty("learningRate", out JsonElement number) ? number.GetDouble() : null;
            bool isRateRight = action == (int)SteeringAction.SetRate ? rate is >= 0 and <= MostRate : rate is null;
            return action >= 0 && isRateRight ? new((SteeringAction)action, rate) : throw Wrong(null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Wrong(error);
        }
    }

    static FormatException Wrong(Exception? cause) => new("A command to a training is {\"action\":\"…\"} with one of "
        + $"{string.Join(", ", Names)}; set-rate has a \"learningRate\" from 0 to {MostRate} too.", cause);
}
