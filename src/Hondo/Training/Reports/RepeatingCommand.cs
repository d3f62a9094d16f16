using System.Text.RegularExpressions;

namespace Hondo.Training;

/// <summary>The command of a run as one types it again.</summary>
static partial class RepeatingCommand
{
    /// <summary>Without the folder, which is taken, and without what only shows the run.</summary>
    public static string Of(string command) => Shown().Replace(command, "").Trim();

    [GeneratedRegex("""\s--run[ =](?:"[^"]*"|\S+)|\s--(?:dashboard|quiet|json)(?=\s|$)""")]
    private static partial Regex Shown();
}
