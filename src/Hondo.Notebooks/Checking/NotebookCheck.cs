namespace Hondo.Notebooks;

/// <summary>Whether something held that an exercise asks for.</summary>
/// <param name="What">What should hold.</param>
/// <param name="Holds">Whether it does.</param>
public sealed record CheckResult(string What, bool Holds);

/// <summary>What executing a notebook anew said about it.</summary>
/// <param name="Cells">Cells with code.</param>
/// <param name="Executed">How many of them ran without an error that nobody announced.</param>
/// <param name="Differences">Where what it shows is not what executing it gives, in order.</param>
/// <param name="Checks">What its checks said.</param>
public sealed record CheckReport(int Cells, int Executed, IReadOnlyList<string> Differences,
    IReadOnlyList<CheckResult> Checks)
{
    /// <summary>True when it shows what executing it gives, and every check holds.</summary>
    public bool IsRight => Differences.Count == 0 && Checks.All(check => check.Holds);
}

/// <summary>
/// Executes a notebook anew, in a process of its own, and compares every output with the one that it shows: training
/// gives the same bits every time, so a notebook that was really run shows what running it gives.
/// </summary>
public sealed class NotebookCheck
{
    readonly IReadOnlyList<string> _command;

    /// <summary>A check whose cells' process is started by a command.</summary>
    /// <param name="command">As for <see cref="NotebookRun"/>.</param>
    public NotebookCheck(IReadOnlyList<string> command) => _command = command;

    /// <summary>What it may take, or null.</summary>
    public RunLimits? Limits { get; init; }

    /// <summary>A solved source whose checks count in place of those that the notebook carries, or null.</summary>
    public Notebook? Checks { get; init; }

    /// <summary>Is told before a cell begins: which one of how many.</summary>
    public Action<int, int>? OnCell { get; init; }

    /// <summary>Checks a notebook file.</summary>
    public async Task<CheckReport> Check(string path, CancellationToken cancellation = default)
    {
        Notebook shown = Notebook.Read(path), anew = Notebook.Read(path);
        Func<Cell, string?> hidden = Exercises.HiddenChecks(anew, Checks);
        var run = new NotebookRun(_command)
        {
            Limits = Limits,
            OnCell = OnCell,
            GoesOn = true,
            CompilesFirst = false,
            HiddenAfter = hidden,
            IsSpanish = Seal.IsSpanish(shown) ?? shown.IsSpanish ?? false,
        };
        IReadOnlyList<CellFailure> failures = await run.Execute(anew, Path.GetDirectoryName(Path.GetFullPath(path)),
            cancellation);
        int cells = anew.Code.Count(), began = anew.Code.Count(cell => cell.ExecutionCount is not null);
        // Whatever else differs then, it comes from this.
        IEnumerable<string> end = failures.Where(one => (string?)one.Output["ename"] == CellError.ProcessEnded)
            .Select(one => one.Message);
        return new(cells, began - failures.Count, [.. end, .. Differences(shown, anew)], run.Checks);
    }

    /// <summary>Where two executions of the same cells differ.</summary>
    internal static IEnumerable<string> Differences(Notebook shown, Notebook anew)
    {
        foreach (string one in Seal.Differences(shown))
            yield return one;
        int number = 0;
        foreach ((Cell old, Cell fresh) in shown.Code.Zip(anew.Code))
        {
            number++;
            if (old.ExecutionCount is null && old.Outputs.Count == 0 && fresh.Outputs.Count > 0)
                yield return $"{NotebookRun.FileOf(number)} was not executed";
            else if (fresh.ExecutionCount is null)
                yield return $"{NotebookRun.FileOf(number)} cannot be executed: the process ended before it";
            else if (OutputComparison.Difference(old.Outputs, fresh.Outputs) is { } difference)
                yield return $"{NotebookRun.FileOf(number)}: {difference}";
        }
    }
}
