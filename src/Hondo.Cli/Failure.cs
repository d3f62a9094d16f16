using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Cli;

/// <summary>How an error is told: one clear message, a stack trace only when asked for.</summary>
static class Failure
{
    const int NoSpaceUnix = 28, NoSpaceWindows = unchecked((int)0x80070070);

    /// <summary>Writes the error and returns the exit code that belongs to it.</summary>
    public static int Report(Exception error, Terminal terminal, bool withTrace)
    {
        string message = string.Join('\n', Explain(error).Split('\n').Select(PlainText.Said));
        terminal.Error.WriteLine($"error: {(Language.IsSpanish(null) ? SpanishText.OrEnglish(message) : message)}");
        if (withTrace)
            terminal.Error.WriteLine(error);
        return error is UsageException ? 2 : 1;
    }

    static string Explain(Exception error) => error switch
    {
        IOException { HResult: NoSpaceUnix or NoSpaceWindows } => $"{error.Message.TrimEnd('.')}. The disk is full, "
            + "or a quota is: free some space, or choose another place.",
        UsageException or DataFormatException or ShapeException or FormatException or IOException => error.Message,
        // Files are named in quotation marks: this is a stream that was closed before the start.
        UnauthorizedAccessException { Message: "Access to the path is denied." } =>
            "Standard output cannot be written: it is closed. Let it go to a file, or to /dev/null.",
        UnauthorizedAccessException =>
            $"{error.Message.TrimEnd('.')}. Change the permissions, or choose another place.",
        OutOfMemoryException => "There is not enough memory. Try a smaller --batch or a smaller model.",
        _ => $"{error.Message} [{error.GetType().Name}; --debug shows where]",
    };
}
