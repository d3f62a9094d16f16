using System.Globalization;
using System.Security.Cryptography;
using Hondo.Serialization;

namespace Hondo.Training;

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
