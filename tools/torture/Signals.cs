using System.Text.Json;

namespace Hondo.Torture;

/// <summary>
/// Trainings of the command line get SIGTERM or SIGINT at random times, some a second one: the exit code says so, and
/// the run goes on to the same bits.
/// </summary>
static class Signals
{
    const int Lanes = 2, Epochs = 6;

    public static int Run(int signals)
    {
        using var scratch = new Scratch();
        string unbroken = Train(scratch["unbroken"], _ => { }).Hash!;
        int codes = 0, interrupted = 0, equal = 0, early = 0;
        Parallel.For(0, signals, new() { MaxDegreeOfParallelism = Lanes }, i =>
        {
            (string signal, int code) = i % 2 == 0 ? ("TERM", 143) : ("INT", 130);
            string run = scratch[$"{i}"];
            (int exit, string? hash, string? end) = Disturb(run, signal, i);
            // A training that had ended already is right too.
            Interlocked.Add(ref codes, exit == code || (exit == 0 && hash is not null) ? 1 : 0);
            Interlocked.Add(ref interrupted, exit == code ? 1 : 0);
            if (!Directory.Exists(RunFolder.CheckpointsOf(run)))
                Interlocked.Increment(ref early);
            else if (end == unbroken)
                Interlocked.Increment(ref equal);
            else
                Console.WriteLine($"{signal} {i}: exit code {exit}, another model");
        });
        Console.WriteLine(
            $"signals={signals} codes={codes} interrupted={interrupted} equal={equal} before={early}");
        return codes == signals && equal + early == signals ? 0 : 1;
    }

    // The exit code, the model where the training had ended before, and the one that it went on to.
    static (int Exit, string? Hash, string? End) Disturb(string run, string signal, int i)
    {
        var random = new Random(i);
        try
        {
            (int exit, string? hash) = Train(run, child =>
            {
                // Its start and each epoch say a line: so every part of it is hit, however fast the machine is.
                for (int line = random.Next(Epochs + 1); line > 0; line--)
                    child.ReadLine();
                Thread.Sleep(random.Next(150));
                child.Send(signal);
                if (i % 5 == 0)
                    child.Send(signal);
            });
            return (exit, hash, hash ?? (Directory.Exists(RunFolder.CheckpointsOf(run)) ? GoOn(run) : null));
        }
        catch (Exception error) when (error is IOException or JsonException or KeyNotFoundException)
        {
            Console.WriteLine($"{signal} {i}: {error.Message}");
            return (-1, null, null);
        }
    }

    static (int Code, string? Hash) Train(string run, Action<Child> disturb)
    {
        using var child = Child.StartHondo("train", "digits", "--split", "20/40/40", "--epochs", $"{Epochs}", "--model",
            "mlp", "--augment", "shift(1)", "--quiet", "--json", "--run", run);
        disturb(child);
        string[] lines = child.ReadToEnd();
        return (child.ExitCode, HashIn(lines));
    }

    static string? GoOn(string run)
    {
        using var child = Child.StartHondo("train", "--resume", run, "--quiet", "--json");
        return HashIn(child.ReadToEnd()) ?? HashOf(run);
    }

    static string? HashIn(string[] lines) =>
        lines is [.., var last]
            && JsonDocument.Parse(last).RootElement.TryGetProperty("modelHash", out JsonElement hash)
            ? hash.GetString()
            : null;

    // A run that was done when the signal came refuses to go on, and knows its model.
    static string? HashOf(string run)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        return record.RootElement.GetProperty("status").GetString() == "done"
            ? record.RootElement.GetProperty("modelHash").GetString()
            : null;
    }
}
