namespace Hondo.Cli;

/// <summary>The command line was used wrongly: exit code 2.</summary>
sealed class UsageException : Exception
{
    public UsageException(string message) : base(message) { }

    public UsageException() { }

    public UsageException(string message, Exception inner) : base(message, inner) { }
}
