using System.Globalization;
using System.Runtime.InteropServices;
using Hondo.Findings;

namespace Hondo.Data;

/// <summary>
/// Test samples that are also trained on: they make a test say how well was memorised, not how well was learnt.
/// </summary>
/// <param name="Shared">How many samples of the test part are in the training part, exactly alike.</param>
/// <param name="TestRow">The row, in the whole, of the first of them.</param>
/// <param name="TrainRow">The row of its twin in the training part.</param>
/// <param name="Message">What was found, in numbers, and how to mend it.</param>
public sealed record Leakage(int Shared, int TestRow, int TrainRow, string Message)
{
    /// <summary>The message in any language.</summary>
    internal Phrase? Said { get; private init; }

    // Above this, unless the training part repeats itself as often.
    const double MostShared = 0.1;

    /// <summary>
    /// Looks for test samples in the training part, and refuses parts that share rows or much more than the data
    /// repeats by itself.
    /// </summary>
    /// <returns>What was found and may be chance, for a warning; null when the parts share one sample at most.
    /// </returns>
    /// <exception cref="DataFormatException">The same rows are in both parts, or more than a tenth of the test samples
    /// are in the training part, which repeats itself less than half as often.</exception>
    public static Leakage? Guard(Dataset train, Dataset test)
    {
        if (train.Sample != test.Sample)
            throw new DataFormatException(test.Name, "", $"its samples are {test.Sample} but those of {train.Name} are "
                + $"{train.Sample}", "Take both from the same data.");
        RefuseSharedRows(train, test);
        // Samples that are read on demand are compared when their reader knows them without reading.
        if (train.Features.Stored(train.Row(0)).IsEmpty || test.Features.Stored(test.Row(0)).IsEmpty)
            return null;
        (ulong[] hashes, int[] rows) = Hashes(train);
        int shared = 0, testRow = -1, trainRow = -1;
        for (int i = 0; i < test.Count; i++)
        {
            int twin = Find(train, test.Features.Stored(test.Row(i)), hashes, rows);
            if (twin < 0)
                continue;
            if (shared++ == 0)
                (testRow, trainRow) = (test.Row(i), twin);
        }
        // One twin is chance: Fisher's irises have one, and any split may part it.
        if (shared == 0 || (shared == 1 && test.Count > 1))
            return null;
        int repeated = Repeated(hashes);
        string problem = string.Create(CultureInfo.InvariantCulture,
            $"{shared:N0} of its {test.Count:N0} samples ({100.0 * shared / test.Count:0.#} %) are in "
            + $"{train.Name} too; the first is row {testRow}, equal to row {trainRow} there");
        double share = (double)shared / test.Count, byItself = (double)repeated / train.Count;
        // Parts of one data set were split from it, which keeps twins together as far as it can.
        return share <= MostShared || share <= 2 * byItself || ReferenceEquals(train.Features, test.Features)
            ? Of(shared, testRow, trainRow, $"{test.Name}: {shared:N0} of its {test.Count:N0} samples "
                + $"({100.0 * shared / test.Count:0.#} %) are in {train.Name} too; the first is row {testRow}, "
                + $"equal to row {trainRow} there. The test tells less than it seems to.")
            : throw new DataFormatException(test.Name, "", problem,
                "Test on samples that were not trained on: split once, before anything else.");
    }

    static Leakage Of(int shared, int testRow, int trainRow, Phrase said) =>
        new(shared, testRow, trainRow, said.English) { Said = said };

    static void RefuseSharedRows(Dataset train, Dataset test)
    {
        if (!ReferenceEquals(train.Features, test.Features))
            return;
        var trained = new bool[train.Features.Count];
        for (int i = 0; i < train.Count; i++)
            trained[train.Row(i)] = true;
        for (int i = 0; i < test.Count; i++)
            if (trained[test.Row(i)])
                throw new DataFormatException(test.Name, $"row {test.Row(i)}", $"the row is in {train.Name} too",
                    "Test on rows that were not trained on: use Split, or parts that do not overlap.");
    }

    /// <summary>For each sample the first one that is exactly alike, perhaps itself.</summary>
    internal static int[] Twins(Dataset data)
    {
        var hashes = new ulong[data.Count];
        int[] first = [.. Enumerable.Range(0, data.Count)], order = [.. first];
        // What is read only when it is needed is not looked at for this.
        if (data.Count == 0 || data.Features.Stored(data.Row(0)).IsEmpty)
            return first;
        for (int i = 0; i < hashes.Length; i++)
            hashes[i] = Hash(data.Features.Stored(data.Row(i)));
        hashes.AsSpan().Sort(order.AsSpan());
        for (int start = 0, i = 1; i < order.Length; i++)
        {
            if (hashes[i] != hashes[i - 1])
                start = i;
            for (int other = start; other < i; other++)
                if (first[order[other]] == order[other] && data.Features.Stored(data.Row(order[other]))
                    .SequenceEqual(data.Features.Stored(data.Row(order[i]))))
                {
                    first[order[i]] = order[other];
                    break;
                }
        }
        return first;
    }

    static (ulong[] Hashes, int[] Rows) Hashes(Dataset data)
    {
        var hashes = new ulong[data.Count];
        var rows = new int[data.Count];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = data.Row(i);
            hashes[i] = Hash(data.Features.Stored(rows[i]));
        }
        hashes.AsSpan().Sort(rows.AsSpan());
        return (hashes, rows);
    }

    static int Find(Dataset train, ReadOnlySpan<byte> sample, ulong[] hashes, int[] rows)
    {
        if (sample.IsEmpty)
            return -1;
        ulong hash = Hash(sample);
        int at = hashes.AsSpan().BinarySearch(hash);
        while (at > 0 && hashes[at - 1] == hash)
            at--;
        for (; at >= 0 && at < hashes.Length && hashes[at] == hash; at++)
            if (sample.SequenceEqual(train.Features.Stored(rows[at])))
                return rows[at];
        return -1;
    }

    static int Repeated(ulong[] hashes)
    {
        int repeated = 0;
        for (int i = 0; i < hashes.Length; i++)
            if (i > 0 && hashes[i] == hashes[i - 1] || i + 1 < hashes.Length && hashes[i] == hashes[i + 1])
                repeated++;
        return repeated;
    }

    // Equal bytes have equal hashes; what only looks equal is compared afterwards.
    internal static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(bytes))
            hash = ulong.RotateLeft((hash ^ word) * 0x9e3779b97f4a7c15, 29);
        foreach (byte rest in bytes[(bytes.Length & ~7)..])
            hash = ulong.RotateLeft((hash ^ rest) * 0x9e3779b97f4a7c15, 29);
        return hash;
    }
}
