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

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess() => new(Console.In, Console.Out, Console.Error)
    {
        ShowsOutput = !Console.IsOutputRedirected,
        ShowsError = !Console.IsErrorRedirected,
    };
}
