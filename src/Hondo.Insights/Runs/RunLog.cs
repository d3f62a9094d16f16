using System.Text;
using System.Text.Json;

namespace Hondo.Insights;

/// <summary>A file of a run that grows by rows. It holds whole rows only, also when the disk becomes full.</summary>
sealed class RunLog : IDisposable
{
    readonly FileStream _file;
    readonly MemoryStream _rows = new();
    readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <summary>Opens the file.</summary>
    /// <param name="path">Where.</param>
    /// <param name="length">How much of it belongs to the run that goes on; the rest is cut.</param>
    public RunLog(string path, long length)
    {
        _file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        // A power failure may have taken rows that a checkpoint knew of: then there are fewer, and none is torn.
        Length = Math.Min(length, _file.Length);
        _file.SetLength(Length);
        _file.Position = Length;
    }

    /// <summary>How long the file is, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a row, which is in the file after the next <see cref="Flush"/>.</summary>
    public void Add(string row) => _rows.Write(Encoding.UTF8.GetBytes(row + "\n"));

    /// <summary>Adds a row that is a JSON object.</summary>
    public void Add(Action<Utf8JsonWriter> properties)
    {
        _json.Reset(_rows);
        _json.WriteStartObject();
        properties(_json);
        _json.WriteEndObject();
        _json.Flush();
        _rows.WriteByte((byte)'\n');
    }

    /// <summary>Hands the rows to the system; a killed process loses none of them.</summary>
    /// <exception cref="IOException">The disk refuses them: they stay in memory, to be handed over the next time.
    /// </exception>
    public void Flush()
    {
        if (_rows.Length == 0)
            return;
        try
        {
            _file.Write(_rows.GetBuffer(), 0, (int)_rows.Length);
        }
        catch (IOException)
        {
            _file.SetLength(Length);
            _file.Position = Length;
            throw;
        }
        Length += _rows.Length;
        _rows.SetLength(0);
    }

    /// <summary>Forces what was handed over to the disk, so that a checkpoint may count on it.</summary>
    public void Sync() => Disk.Instance.Flush(_file);

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }
}
