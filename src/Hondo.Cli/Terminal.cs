namespace Hondo.Cli;

/// <summary>Where a command reads from and writes to.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output: results.</param>
/// <param name="Error">Standard error: messages, and progress when results go elsewhere.</param>
sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>True when a person looks at standard output.</summary>
    public bool ShowsOutput { get; init; }

    /// <summary>True when a person looks at standard error.</summary>
    public bool ShowsError { get; init; }

    /// <summary>Columns of the terminal; without one a line may be as long as it likes.</summary>
    public Func<int> Width { get; init; } = () => int.MaxValue;

    /// <summary>True when lines may be written over and coloured.</summary>
    public bool IsLive { get; init; }

    /// <summary>True when words may be coloured.</summary>
    public bool HasColour { get; init; }

    /// <summary>Ends what runs until somebody ends it, as Ctrl-C does.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(Console.In, Console.Out, Console.Error)
    {
        ShowsOutput = !Console.IsOutputRedirected,
        ShowsError = !Console.IsErrorRedirected,
        Width = Console.IsOutputRedirected ? () => int.MaxValue : WindowWidth,
        IsLive = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "dumb")
            || OperatingSystem.IsWindows() && !Console.IsOutputRedirected,
        HasColour = !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
    };

    // A terminal that does not know its size says 0.
    static int WindowWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
