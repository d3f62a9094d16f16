using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Hondo.Tensors;

namespace Hondo.Notebooks;

/// <summary>What cells write, show and read, as messages on the pipe.</summary>
sealed class WorkerChannel : IDisposable
{
    // Pieces of this size, and what is older than this, are sent; a cell that prints without end is cut.
    const int Piece = 16_384, Most = 4_000_000, Milliseconds = 100;

    readonly Stream _pipe;
    readonly StringBuilder _pending = new();
    readonly Timer _timer;
    string _stream = "stdout";
    long _written;

    public WorkerChannel(Stream pipe)
    {
        _pipe = pipe;
        Reader = new(this);
        _timer = new(_ => Flush(all: false), null, Milliseconds, Milliseconds);
    }

    public CellInput Reader { get; }

    public TextWriter Writer(string stream) => TextWriter.Synchronized(new StreamWriterOf(this, stream));

    public void Send(JsonObject message)
    {
        byte[] line = Encoding.UTF8.GetBytes(message.ToJsonString() + "\n");
        lock (_pipe)
        {
            _pipe.Write(line);
            _pipe.Flush();
        }
    }

    public void SendOutput(JsonObject output, string? id = null, bool isUpdate = false)
    {
        Flush();
        Send(new() { ["is"] = isUpdate ? "update" : "output", ["output"] = output, ["id"] = id });
    }

    /// <summary>Sends what was written and not sent.</summary>
    /// <param name="all">False keeps back what cannot be sent yet.</param>
    public void Flush(bool all = true)
    {
        lock (_pending)
        {
            if (_pending.Length == 0)
                return;
            // Half a character waits for its other half.
            int length = _pending.Length - (char.IsHighSurrogate(_pending[^1]) && !all ? 1 : 0);
            if (length == 0)
                return;
            string text = Whole(_pending.ToString(0, length));
            _pending.Remove(0, length);
            Send(new() { ["is"] = "output", ["output"] = OutputNode.Stream(_stream, text) });
        }
    }

    // Half a character alone is none, and no file can hold it.
    internal static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>Before a cell: its limit begins anew.</summary>
    public void Begin() => _written = 0;

    void Write(string stream, ReadOnlySpan<char> text)
    {
        lock (_pending)
        {
            if (_stream != stream)
                Flush();
            _stream = stream;
            if (_written >= Most)
                return;
            if (_written + text.Length >= Most)
                _pending.Append(text[..(int)(Most - _written)])
                    .Append("\n… the rest of this cell's text is left out: it is longer than 4 million characters\n");
            else
                _pending.Append(text);
            _written += text.Length;
            if (_pending.Length >= Piece)
                Flush(all: false);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        Reader.Dispose();
        _pipe.Dispose();
    }

    sealed class StreamWriterOf(WorkerChannel channel, string stream) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override string NewLine => "\n";

        public override void Write(char value) => channel.Write(stream, [value]);

        public override void Write(string? value) => channel.Write(stream, value);

        public override void Write(char[] buffer, int index, int count) =>
            channel.Write(stream, buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer) => channel.Write(stream, buffer);
    }
}

/// <summary>What <c>Console.ReadLine</c> reads: the front asks the person, and an interrupt ends the wait.</summary>
sealed class CellInput(WorkerChannel channel) : TextReader
{
    readonly BlockingCollection<string?> _lines = [];
    string? _rest;

    /// <summary>A line that a person typed; null when nobody can be asked.</summary>
    public void Give(string? line) => _lines.Add(line);

    public override string? ReadLine()
    {
        if (_rest is { } rest)
        {
            _rest = null;
            return rest;
        }
        channel.Flush();
        channel.Send(new() { ["is"] = "ask" });
        while (true)
        {
            if (_lines.TryTake(out string? line, 50))
                return line;
            Interrupts.Check();
        }
    }

    public override int Read()
    {
        if (_rest is null && ReadLine() is { } line)
            _rest = line + "\n";
        if (string.IsNullOrEmpty(_rest))
            return -1;
        char first = _rest[0];
        _rest = _rest.Length > 1 ? _rest[1..] : null;
        return first;
    }

    protected override void Dispose(bool disposing)
    {
        _lines.Dispose();
        base.Dispose(disposing);
    }
}
