using System.Text.Json;

namespace Hondo.Dashboard.Runs;

/// <summary>Reads a file of JSON lines that another process lengthens: each whole line once.</summary>
sealed class LineTail
{
    const int BytesAtOnce = 128 * 1024;

    static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 16 };

    readonly byte[] _buffer = new byte[BytesAtOnce];
    long _position;

    /// <summary>The lines that have come since the last time, as far as a buffer holds them.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Read(string? path, List<JsonDocument> lines)
    {
        if (path is null)
            return false;
        using FileStream file = RunFile.Open(path);
        // Shorter than before: it was begun anew.
        if (file.Length < _position)
            _position = 0;
        file.Position = _position;
        int length = file.ReadAtLeast(_buffer, BytesAtOnce, throwOnEndOfStream: false);
        int end = Array.LastIndexOf(_buffer, (byte)'\n', Math.Max(0, length - 1), length) + 1;
        // A line longer than the buffer is none of ours: it is passed over.
        _position += end == 0 && length == BytesAtOnce ? length : end;
        ReadOnlySpan<byte> whole = _buffer.AsSpan(0, end);
        foreach (Range line in whole.Split((byte)'\n'))
            if (TryParse(_buffer.AsMemory(0, end)[line]) is { } parsed)
                lines.Add(parsed);
        return end > 0;
    }

    // A torn line of a killed process: the rest is worth showing.
    static JsonDocument? TryParse(ReadOnlyMemory<byte> line)
    {
        if (line.IsEmpty)
            return null;
        try
        {
            // The copy outlives the buffer.
            return JsonDocument.Parse(line.ToArray(), Shallow);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
