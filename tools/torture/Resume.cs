namespace Hondo.Torture;

/// <summary>A training is killed after each of its steps, and a new process goes on.</summary>
static class Resume
{
    const int Lanes = 2, Killed = 128 + 9;

    public static int Run(int kills)
    {
        using var scratch = new Scratch();
        string unbroken = Train(scratch["unbroken"], 0)[0];
        int equal = 0;
        int[] steps = [.. Enumerable.Range(1, kills).Select(i => i * ShortTraining.Steps / kills)];
        Parallel.ForEach(steps, new() { MaxDegreeOfParallelism = Lanes }, step =>
        {
            string folder = scratch[$"{step}"];
            string[] broken = Train(folder, step), resumed = Train(folder, 0);
            if (broken.Length == 0 && resumed is [var hash] && hash == unbroken)
                Interlocked.Increment(ref equal);
            else
                Console.WriteLine($"step {step}: {string.Join(' ', [.. broken, .. resumed])}");
        });
        Console.WriteLine($"resumed={kills} equal={equal}");
        return equal == kills ? 0 : 1;
    }

    static string[] Train(string folder, int killed)
    {
        using var child = Child.Start("train", folder, $"{killed}");
        string[] lines = child.ReadToEnd();
        return child.ExitCode == (killed > 0 ? Killed : 0) ? lines
            : throw new InvalidOperationException($"It ended with code {child.ExitCode}: {child.Errors}");
    }
}
