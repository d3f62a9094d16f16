using System.Globalization;

namespace Hondo.Torture;

/// <summary>
/// Processes that save without pause are killed at random moments. What they said was safe must be there, whole.
/// </summary>
static class Kill9
{
    const int Lanes = 2;

    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(40);

    public static int Run(int kills)
    {
        using var scratch = new Scratch();
        Damage careful = new(Console.Out), careless = new(TextWriter.Null);
        Parallel.For(0, Lanes, lane =>
        {
            int part = (kills + lane) / Lanes;
            for (long i = 0, safe = 0; i < part; i++)
                safe = Kill("save", scratch[$"{lane}"], careful, new((int)(lane + i * Lanes)), safe);
            // The same test must find a program that writes its file in place: else it would prove nothing.
            for (int i = 0; i < Math.Max(part / 10, 5); i++)
                Kill("save-in-place", scratch[$"control{lane}"], careless, new(i), 0);
        });
        Console.WriteLine($"in place: corrupt={careless.Corrupt}");
        Console.WriteLine($"kills={kills} corrupt={careful.Corrupt} lost={careful.Lost} leftovers={careful.Leftovers}");
        return careful is { Corrupt: 0, Lost: 0, Leftovers: 0 } && careless.Corrupt > 0 ? 0 : 1;
    }

    // Returns the step that is safe now.
    static long Kill(string program, string folder, Damage damage, Random random, long safe)
    {
        using var child = Child.Start(program, folder);
        string start = child.ReadLine() ?? throw new InvalidOperationException($"It did not start: {child.Errors}");
        damage.AddLeftovers(int.Parse(start.Split(' ')[1], CultureInfo.InvariantCulture));
        string first = child.ReadLine() ?? throw new InvalidOperationException($"It cannot save: {child.Errors}");
        Thread.Sleep(random.NextDouble() * Longest);
        child.Kill();
        long said = child.ReadToEnd().Prepend(first).Select(line => long.Parse(line, CultureInfo.InvariantCulture))
            .Append(safe).Max();
        long beside = Saved.Read(Saver.FileBeside(folder), damage.AddCorrupt);
        long newest = program == "save" ? Saved.Newest(folder, damage.AddCorrupt) : beside;
        if (newest < said || beside < said)
            damage.AddLost($"step {said} was safe, but {newest} and {beside} are there");
        return newest;
    }

    sealed class Damage(TextWriter log)
    {
        int _corrupt, _lost, _leftovers;

        public int Corrupt => _corrupt;

        public int Lost => _lost;

        public int Leftovers => _leftovers;

        public void AddCorrupt(string problem) => Add(ref _corrupt, problem);

        public void AddLost(string problem) => Add(ref _lost, problem);

        public void AddLeftovers(int count) => Interlocked.Add(ref _leftovers, count);

        void Add(ref int count, string problem)
        {
            Interlocked.Increment(ref count);
            log.WriteLine(problem);
        }
    }
}
