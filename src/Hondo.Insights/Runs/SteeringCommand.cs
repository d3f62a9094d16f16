using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hondo.Insights;

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

/// <summary>What may be asked of a training that runs.</summary>
public enum SteeringAction
{
    /// <summary>Wait after this step.</summary>
    Pause,

    /// <summary>Go on.</summary>
    Resume,

    /// <summary>Write a checkpoint now.</summary>
    Checkpoint,

    /// <summary>End after this step, as early stopping does.</summary>
    Stop,

    /// <summary>Train with a learning rate chosen by hand, whatever the schedule says.</summary>
    SetRate,

    /// <summary>Let the schedule choose the learning rate again.</summary>
    FollowSchedule,
}

/// <summary>
/// Commands to a training in another process: a file each in the run folder's <c>control/</c>, written whole or not at
/// all, and taken in the order in which they were sent.
/// </summary>
/// <param name="run">The run folder.</param>
public sealed class SteeringQueue(string run)
{
    // No command is longer: what is has another origin, and is not read.
    const int MostBytes = 1024;

    // A training that does not look leaves its commands lying: nobody fills the disk with them.
    const int MostWaiting = 100;

    readonly string _folder = Path.Combine(run, "control");

    /// <summary>Leaves a command for the training.</summary>
    /// <exception cref="IOException">It cannot be written, or too many wait already.</exception>
    public void Send(SteeringCommand command)
    {
        Directory.CreateDirectory(_folder);
        if (Waiting().Length >= MostWaiting)
            throw new IOException($"{MostWaiting} commands wait already in {_folder}: the training does not take them. "
                + "Does it still run?");
        string order = DateTime.UtcNow.Ticks.ToString("D19", CultureInfo.InvariantCulture);
        DurableFile.WriteText(Path.Combine(_folder, $"{order}-{RandomNumberGenerator.GetHexString(8, true)}.json"),
            command.ToJson());
    }

    /// <summary>Takes the commands that wait, the oldest first.</summary>
    /// <param name="refuse">Told of each file that holds no command; it is deleted too.</param>
    public IReadOnlyList<SteeringCommand> Take(Action<string> refuse)
    {
        if (!Directory.Exists(_folder))
            return [];
        List<SteeringCommand> taken = [];
        foreach (string file in Waiting().Order(StringComparer.Ordinal))
        {
            try
            {
                taken.Add(new FileInfo(file).Length <= MostBytes
                    ? SteeringCommand.Parse(File.ReadAllText(file))
                    : throw new FormatException($"A command has at most {MostBytes} bytes."));
            }
            catch (FormatException error)
            {
                refuse(error.Message);
            }
            File.Delete(file);
        }
        return taken;
    }

    /// <summary>Forgets what was sent to an earlier training in this folder.</summary>
    public void Clear() => Take(_ => { });

    // Half-written files have names of their own.
    string[] Waiting() => Directory.GetFiles(_folder, "*.json");
}
