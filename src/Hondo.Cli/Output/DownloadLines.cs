using System.Globalization;
using Hondo.Data;

namespace Hondo.Cli.Output;

/// <summary>Tells how far a download is: a line that is written over on a terminal, else one line a file.</summary>
sealed class DownloadLines(Terminal terminal) : IProgress<DownloadProgress>
{
    readonly Lock _lock = new();
    string _file = "";
    long _shown;

    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            bool isNew = value.File != _file, isDone = value.Received >= value.Size;
            if (isNew)
                (_file, _shown) = (value.File, 0);
            if (!terminal.ShowsError)
            {
                if (isNew)
                    terminal.Error.WriteLine($"{value.File}: {Megabytes(value.Size)} MB from {value.Mirror}");
                return;
            }
            if (!isNew && !isDone && value.Received - _shown < value.Size / 100)
                return;
            _shown = value.Received;
            terminal.Error.Write($"\r{value.File}: {Megabytes(value.Received)} of {Megabytes(value.Size)} MB from "
                + value.Mirror + (isDone ? "\n" : ""));
        }
    }

    static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
