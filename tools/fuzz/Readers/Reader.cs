using System.Text;

namespace Hondo.Fuzz.Readers;

/// <summary>
/// A reader of files or texts that others wrote, with good inputs to damage. Whatever it is given, it reads or refuses
/// in its own words, within bounds of time and memory.
/// </summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="inputs">Good inputs.</param>
/// <param name="read">Reads bytes.</param>
/// <param name="isPromised">The errors that it documents.</param>
sealed class Reader(string name, Func<byte[][]> inputs, Action<byte[]> read, Func<Exception, bool> isPromised) : ITrial
{
    const long FreeBytes = 256 << 20;

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    readonly Lazy<byte[][]> _inputs = new(inputs);

    public string Name => name;

    /// <summary>True damages numbers and words, not bits.</summary>
    public bool IsText { get; init; }

    /// <summary>Writes inputs of its own, in place of damaged ones, half of the time.</summary>
    public Func<Random, byte[]>? Grammar { get; init; }

    public string? Try(Random random, out bool wasRefused)
    {
        byte[] bytes = Input(random);
        // What was slow is read again: the first time has the compiler's work in it, or a pause of the machine.
        return Read(bytes, out wasRefused, out TimeSpan time) ?? (time <= Longest ? null
            : Read(bytes, out wasRefused, out time) ?? (time <= Longest ? null
                : $"{time.TotalSeconds:F1} s for {bytes.Length} bytes"));
    }

    string? Read(byte[] bytes, out bool wasRefused, out TimeSpan time)
    {
        (wasRefused, time) = (false, TimeSpan.Zero);
        long before = GC.GetTotalAllocatedBytes();
        TimeSpan start = Environment.CpuUsage.TotalTime;
        try
        {
            read(bytes);
        }
        catch (Exception error)
        {
            wasRefused = true;
            if (Verdict.Unexpected(error, isPromised) is { } fault)
                return fault;
        }
        long taken = GC.GetTotalAllocatedBytes() - before;
        if (taken > FreeBytes + 4L * bytes.Length)
            return $"{taken >> 20} MB of memory for {bytes.Length} bytes";
        time = Environment.CpuUsage.TotalTime - start;
        return null;
    }

    public string Describe(Random random)
    {
        byte[] bytes = Input(random);
        string path = Path.Combine(Environment.GetEnvironmentVariable(ITrial.KeptPlace) ?? Path.GetTempPath(),
            $"hondo-fuzz-{name}-{Math.Abs(BitConverter.ToInt64(
            System.Security.Cryptography.SHA256.HashData(bytes)))}");
        File.WriteAllBytes(path, bytes);
        return $"{bytes.Length} bytes, kept as {path}";
    }

    byte[] Input(Random random)
    {
        if (Grammar is { } grammar && random.Next(2) == 0)
            return grammar(random);
        byte[] good = _inputs.Value[random.Next(_inputs.Value.Length)];
        return IsText ? Encoding.UTF8.GetBytes(Mutation.Of(Encoding.UTF8.GetString(good), random))
            : Mutation.Of(good, random);
    }
}
