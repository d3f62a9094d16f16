using System.Runtime.InteropServices;
using Hondo.Tensors;
using Microsoft.Win32.SafeHandles;

namespace Hondo.Data;

/// <summary>
/// Data that comes as a stream whose length nobody knows: rows of a query, lines of a file, messages. It is read once;
/// what goes beyond the budget of memory lies in a temporary file, so that epochs are shuffled, split and resumed as
/// all data is, in constant memory.
/// </summary>
public static class SampleStream
{
    /// <summary>Bytes of samples that stay in memory when nothing else is said.</summary>
    public const long UsualMemory = 256L << 20;

    /// <summary>A data set of numbers and classes.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="rows">The stream; it is read to its end, once.</param>
    /// <param name="select">The inputs of a row and its class, by number.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="sample">The shape of the inputs; a row of features when left out.</param>
    /// <param name="memory">Bytes that stay in memory; the numbers are the same for any.</param>
    /// <exception cref="DataFormatException">There are no rows, rows differ in length, a number is NaN or infinite, or
    /// a label is outside the classes.</exception>
    public static Dataset Of<T>(string name, IEnumerable<T> rows, Func<T, (float[] Inputs, int Label)> select,
        IReadOnlyList<string> classes, Shape? sample = null, long memory = UsualMemory)
    {
        var spool = new SampleSpool(name, sample, memory);
        List<int> labels = [];
        foreach (T row in rows)
            labels.Add(spool.Add(select(row)));
        return new(name, spool.Features(), new ClassTargets([.. labels], classes, name));
    }

    /// <summary>A data set of numbers and numbers to predict.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="rows">The stream; it is read to its end, once.</param>
    /// <param name="select">The inputs of a row and its targets.</param>
    /// <param name="targets">The names of the targets.</param>
    /// <param name="sample">The shape of the inputs; a row of features when left out.</param>
    /// <param name="memory">Bytes that stay in memory; the numbers are the same for any.</param>
    /// <exception cref="DataFormatException">There are no rows, rows differ in length, or a number is NaN or infinite.
    /// </exception>
    public static Dataset Of<T>(string name, IEnumerable<T> rows, Func<T, (float[] Inputs, float[] Targets)> select,
        IReadOnlyList<string> targets, Shape? sample = null, long memory = UsualMemory)
    {
        var spool = new SampleSpool(name, sample, memory);
        List<float> values = [];
        foreach (T row in rows)
            values.AddRange(Checked(spool.Add(select(row)), targets, spool));
        return new(name, spool.Features(), new RegressionTargets([.. values], targets, name));
    }

    /// <inheritdoc cref="Of{T}(string, IEnumerable{T}, Func{T, ValueTuple{float[], int}}, IReadOnlyList{string},
    /// Shape?, long)"/>
    public static async Task<Dataset> OfAsync<T>(string name, IAsyncEnumerable<T> rows,
        Func<T, (float[] Inputs, int Label)> select, IReadOnlyList<string> classes, Shape? sample = null,
        long memory = UsualMemory, CancellationToken cancellation = default)
    {
        var spool = new SampleSpool(name, sample, memory);
        List<int> labels = [];
        await foreach (T row in rows.WithCancellation(cancellation).ConfigureAwait(false))
            labels.Add(spool.Add(select(row)));
        return new(name, spool.Features(), new ClassTargets([.. labels], classes, name));
    }

    /// <inheritdoc cref="Of{T}(string, IEnumerable{T}, Func{T, ValueTuple{float[], float[]}}, IReadOnlyList{string},
    /// Shape?, long)"/>
    public static async Task<Dataset> OfAsync<T>(string name, IAsyncEnumerable<T> rows,
        Func<T, (float[] Inputs, float[] Targets)> select, IReadOnlyList<string> targets, Shape? sample = null,
        long memory = UsualMemory, CancellationToken cancellation = default)
    {
        var spool = new SampleSpool(name, sample, memory);
        List<float> values = [];
        await foreach (T row in rows.WithCancellation(cancellation).ConfigureAwait(false))
            values.AddRange(Checked(spool.Add(select(row)), targets, spool));
        return new(name, spool.Features(), new RegressionTargets([.. values], targets, name));
    }

    static float[] Checked(float[] values, IReadOnlyList<string> targets, SampleSpool spool) =>
        values.Length == targets.Count ? values : throw spool.Wrong($"the row has {values.Length} targets, but there "
            + $"are {targets.Count} names of targets ({string.Join(", ", targets)})");
}

/// <summary>Samples of a stream: the first in memory, the rest in a temporary file.</summary>
sealed class SampleSpool(string name, Shape? shape, long memory) : ISampleReader
{
    readonly List<float[]> _kept = [];
    readonly List<ulong> _hashes = [];
    SafeFileHandle? _file;
    Shape? _shape = shape;

    public int Count => _hashes.Count;

    public Shape Sample => _shape ?? throw new DataFormatException(name, "", "the stream has no rows",
        "Give at least one.");

    long Bytes => (long)Sample.Size * sizeof(float);

    public T Add<T>((float[] Inputs, T Target) row)
    {
        _shape ??= [row.Inputs.Length];
        if (row.Inputs.Length != Sample.Size)
            throw Wrong($"the row has {row.Inputs.Length} inputs, but a sample is {Sample}");
        foreach (float x in row.Inputs)
            if (!float.IsFinite(x))
                throw Wrong("an input is NaN or infinite");
        if ((_kept.Count + 1) * Bytes <= memory)
            _kept.Add([.. row.Inputs]);
        else
            RandomAccess.Write(_file ??= Open(), MemoryMarshal.AsBytes(row.Inputs.AsSpan()),
                (Count - _kept.Count) * Bytes);
        _hashes.Add(Leakage.Hash(MemoryMarshal.AsBytes(row.Inputs.AsSpan())) | 1);
        return row.Target;
    }

    public DataFormatException Wrong(string problem) => new(name, $"row {Count} (counted from 0)", problem,
        "Correct the row, or leave it out.");

    public ReaderFeatures Features() => new(this);

    // Nobody else sees the file, and nothing is left of it, even when the process is killed.
    static SafeFileHandle Open()
    {
        string path = Path.Combine(Path.GetTempPath(), $"hondo-{Guid.NewGuid():N}.samples");
        SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete,
            FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    public void Read(int row, Span<float> sample)
    {
        if (row < _kept.Count)
        {
            _kept[row].CopyTo(sample);
            return;
        }
        Span<byte> bytes = MemoryMarshal.AsBytes(sample);
        for (long at = (row - _kept.Count) * Bytes; bytes.Length > 0;)
        {
            int read = RandomAccess.Read(_file!, bytes, at);
            if (read == 0)
                throw new IOException($"{name}: the temporary file of its samples ends before row {row}.");
            bytes = bytes[read..];
            at += read;
        }
    }

    public UInt128 Identity(int row) => _hashes[row];

    public override string ToString() => name;
}
