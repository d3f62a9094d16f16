using Hondo.Data;

namespace Hondo.Cli.Runs;

/// <summary>Finds runs on the disk.</summary>
static class RunStore
{
    /// <summary>Where a plain training puts its runs.</summary>
    public const string Usual = "runs";

    /// <summary>The runs in a folder, newest first.</summary>
    /// <exception cref="DataFormatException">There is no such folder.</exception>
    public static IReadOnlyList<SavedRun> In(string folder)
    {
        if (!Directory.Exists(folder))
            return folder == Usual ? [] : throw new DataFormatException(folder, "", "there is no such folder",
                "Name the folder that holds the runs.");
        return [.. Directory.GetDirectories(folder).Where(SavedRun.Is).Select(SavedRun.Open)
            .OrderByDescending(run => run.Started, StringComparer.Ordinal)
            .ThenBy(run => run.Name, StringComparer.Ordinal)];
    }

    /// <summary>The run that a word means: a folder, or a name in runs/.</summary>
    /// <exception cref="DataFormatException">It is none.</exception>
    public static SavedRun Need(string word)
    {
        string folder = Directory.Exists(word) ? word : Path.Combine(Usual, word);
        if (!Directory.Exists(folder))
            throw new DataFormatException(Output.PlainText.Of(word), "", "there is no such run",
                "'hondo runs list' shows those in runs/; name the folder of another.");
        return SavedRun.Is(folder) ? SavedRun.Open(folder)
            : throw new DataFormatException(Output.PlainText.Of(folder), "",
                "the folder is no run: it has neither run.json nor config.json with checkpoints",
                "Name a folder that './hondo train' made.");
    }
}
