using System.Text;

namespace Hondo.Dashboard.Runs;

/// <summary>The last lines of a text file.</summary>
static class TextEnd
{
    const int Bytes = 8 * 1024;

    /// <summary>At most 8 KB, from the beginning of a line.</summary>
    public static string Of(string path)
    {
        using FileStream file = RunFile.Open(path);
        bool isWhole = file.Length <= Bytes;
        file.Position = Math.Max(0, file.Length - Bytes);
        var bytes = new byte[Bytes];
        string text = Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, Bytes, throwOnEndOfStream: false));
        return isWhole ? text : text[(text.IndexOf('\n') + 1)..];
    }
}
