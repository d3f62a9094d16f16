namespace Hondo.Cli.Tests;

/// <summary>What a command line gave.</summary>
sealed record Answer(int Code, string Out, string Error)
{
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
