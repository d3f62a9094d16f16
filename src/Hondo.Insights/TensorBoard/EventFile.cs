using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Hondo.Insights;

/// <summary>
/// An event file of TensorBoard: records of TFRecord (length, its checksum, an Event message, its checksum), of which
/// the first names the version. It holds whole records only, also when the disk becomes full.
/// </summary>
sealed class EventFile(string folder)
{
    // The fields of Event.
    const int WallTime = 1, Step = 2, Version = 3, Graph = 4, Summary = 5;

    readonly ArrayBufferWriter<byte> _records = new();
    bool _hasVersion;

    /// <summary>The name of the file, by which TensorBoard knows it.</summary>
    public string Name { get; private set; } = string.Create(CultureInfo.InvariantCulture,
        $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.hondo");

    /// <summary>How long it is on the disk.</summary>
    public long Length { get; private set; }

    /// <summary>Goes on in a file of this folder, and cuts what came after the checkpoint.</summary>
    public void GoOn(string name, long length)
    {
        // A file that is shorter has lost records, or is another: then a new one is begun. A checkpoint from elsewhere
        // names no file outside of the folder.
        var file = new FileInfo(Path.Combine(folder, Path.GetFileName(name)));
        if (length == 0 || (file.Exists && file.Length >= length))
            (Name, Length, _hasVersion) = (file.Name, length, length > 0);
    }

    /// <summary>Adds a summary: scalars, a histogram, a picture, a text.</summary>
    public void Add(long step, ProtoWriter summary) => Add(step, Summary, summary.Bytes, DateTime.UtcNow);

    /// <summary>Adds a summary of a moment that has passed.</summary>
    public void Add(long step, ProtoWriter summary, DateTime time) => Add(step, Summary, summary.Bytes, time);

    /// <summary>Adds the graph.</summary>
    public void AddGraph(ProtoWriter graph) => Add(0, Graph, graph.Bytes, DateTime.UtcNow);

    void Add(long step, int field, ReadOnlySpan<byte> content, DateTime time)
    {
        if (!_hasVersion)
            Write(Event(0, time).Text(Version, "brain.Event:2"));
        _hasVersion = true;
        Write(Event(step, time).Data(field, content));
    }

    static ProtoWriter Event(long step, DateTime time) => new ProtoWriter()
        .Double(WallTime, (time - DateTime.UnixEpoch).TotalSeconds).Whole(Step, step);

    void Write(ProtoWriter message)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(number, (ulong)message.Bytes.Length);
        _records.Write(number);
        WriteChecksum(number);
        _records.Write(message.Bytes);
        WriteChecksum(message.Bytes);
    }

    void WriteChecksum(ReadOnlySpan<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(number, Crc32C.Masked(bytes));
        _records.Write(number);
    }

    /// <summary>Hands the records to the system.</summary>
    /// <exception cref="IOException">The disk refuses them; they stay for the next time.</exception>
    public void Flush()
    {
        if (_records.WrittenCount == 0)
            return;
        Directory.CreateDirectory(folder);
        using var file = new FileStream(Path.Combine(folder, Name), FileMode.OpenOrCreate, FileAccess.Write,
            FileShare.ReadWrite, bufferSize: 0);
        // What a failed write left is cut.
        file.SetLength(Length);
        file.Position = Length;
        file.Write(_records.WrittenSpan);
        Length += _records.WrittenCount;
        _records.ResetWrittenCount();
    }
}
