using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Hondo.Cli;

/// <summary>
/// Verbs that a native program lacks: notebooks compile cells while they run, and a dashboard or a search would make
/// the one file twice as large. Where <see cref="RuntimeFeature.IsDynamicCodeSupported"/> is asked itself, the compiler
/// leaves out all that hangs on it.
/// </summary>
static class ManagedVerbs
{
    /// <summary>A verb in its place that says where it is.</summary>
    public static Command Missing(string name)
    {
        var command = new Command(name, "Only in the hondo that runs on .NET.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(int (_) => throw Refused(name));
        return command;
    }

    /// <summary>The same for an option.</summary>
    public static UsageException Refused(string name) => new($"hondo {name}: this hondo is a native program, which has "
        + "no notebooks, searches and dashboard. Use the one that runs on .NET.");
}
