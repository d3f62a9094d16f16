using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>What a notebook may take before its process is ended.</summary>
/// <param name="Time">In all.</param>
/// <param name="MemoryBytes">At any moment.</param>
public sealed record RunLimits(TimeSpan Time, long MemoryBytes);

/// <summary>A cell that failed.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Number">Which one of those with code, from 1.</param>
/// <param name="Line">The line in it, from 1; 0 when it is not known.</param>
/// <param name="Output">The error in the form of nbformat.</param>
public sealed record CellFailure(Cell Cell, int Number, int Line, JsonObject Output)
{
    /// <summary>What happened.</summary>
    public string Message => (string?)Output["ename"] == CellError.NotCompiled
        ? (string?)Output["evalue"] ?? ""
        : $"{NotebookRun.FileOf(Number)}{(Line > 0 ? $", line {Line}" : "")}: {Output["ename"]}: {Output["evalue"]}";
}

/// <summary>Executes a notebook from top to bottom in a process of its own: no state is left from before.</summary>
public sealed class NotebookRun
{
    readonly IReadOnlyList<string> _command;
    readonly List<CheckResult> _checks = [];
    readonly Lock _lock = new();
    readonly Dictionary<string, JsonObject> _shown = new(StringComparer.Ordinal);
    List<JsonObject> _outputs = [];
    WorkerProcess? _worker;

    /// <summary>A run whose cells' process is started by a command.</summary>
    /// <param name="command">The program and its arguments: it calls <see cref="Worker.Run"/>.</param>
    public NotebookRun(IReadOnlyList<string> command) => _command = command;

    /// <summary>What it may take, or null.</summary>
    public RunLimits? Limits { get; init; }

    /// <summary>True to go on after a cell that failed.</summary>
    public bool GoesOn { get; init; }

    /// <summary>True when every cell is compiled before the first one runs.</summary>
    public bool CompilesFirst { get; init; } = true;

    /// <summary>True when Hondo's own words in what it shows are Spanish: curves, tables, errors.</summary>
    public bool IsSpanish { get; init; }

    /// <summary>Code to run after a cell without a trace in the notebook, or null: hidden checks.</summary>
    public Func<Cell, string?> HiddenAfter { get; init; } = _ => null;

    /// <summary>Is told before a cell begins: which one of how many.</summary>
    public Action<int, int>? OnCell { get; init; }

    /// <summary>A warm process, busy with nothing else, to run the cells in place of one of its own, or null.</summary>
    internal WorkerProcess? Warm { get; init; }

    /// <summary>What the notebook's checks said.</summary>
    public IReadOnlyList<CheckResult> Checks => _checks;

    /// <summary>Executes the cells of code; their outputs and counts are new then.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="folder">Where its cells find files.</param>
    /// <param name="cancellation">Ends the process of the cells.</param>
    /// <returns>The cells that failed.</returns>
    public async Task<IReadOnlyList<CellFailure>> Execute(Notebook notebook, string? folder,
        CancellationToken cancellation = default)
    {
        Cell[] cells = [.. notebook.Code];
        foreach (Cell cell in cells)
        {
            cell.Outputs.Clear();
            cell.ExecutionCount = null;
        }
        using WorkerProcess? own = Warm is null ? new(_command, folder, Take) : null;
        WorkerProcess worker = own ?? Warm!;
        await Begin(worker, folder);
        using CancellationTokenRegistration stop = cancellation.Register(() => worker.Kill("it was interrupted"));
        using Timer? watch = Watch(worker);
        List<CellFailure> failures = CompilesFirst ? await Prepare(worker, cells) : [];
        if (failures.Count > 0 && !GoesOn)
            return failures;
        failures.Clear();
        for (int i = 0; i < cells.Length && !worker.HasEnded; i++)
        {
            OnCell?.Invoke(i + 1, cells.Length);
            if (await Run(worker, cells[i], i + 1) is not { } failure)
                continue;
            failures.Add(failure);
            if (!GoesOn)
                break;
        }
        cancellation.ThrowIfCancellationRequested();
        return failures;
    }

    async Task Begin(WorkerProcess worker, string? folder)
    {
        worker.OnMessage = Take;
        await worker.Ask(new()
        {
            ["do"] = "begin",
            ["folder"] = folder is null ? "" : Path.GetFullPath(folder),
            ["spanish"] = IsSpanish,
        });
    }

    static async Task<List<CellFailure>> Prepare(WorkerProcess worker, Cell[] cells)
    {
        List<CellFailure> failures = [];
        for (int i = 0; i < cells.Length && failures.Count == 0; i++)
        {
            JsonObject reply = await worker.Ask(Request("prepare", cells[i], i + 1));
            if (reply["error"] is JsonObject error && !cells[i].Has(Cell.RaisesTag))
                failures.Add(new(cells[i], i + 1, (int?)reply["line"] ?? 0, error));
        }
        return failures;
    }

    async Task<CellFailure?> Run(WorkerProcess worker, Cell cell, int number)
    {
        List<JsonObject> outputs = [];
        lock (_lock)
            (_outputs, _worker) = (outputs, worker);
        JsonObject reply = await worker.Ask(Request("run", cell, number));
        // What a thread prints that goes on behind the cell belongs to no cell.
        lock (_lock)
            _outputs = [];
        cell.Outputs.AddRange(outputs);
        cell.ExecutionCount = number;
        await Hidden(worker, cell, number);
        if (reply["error"] is not JsonObject error)
            return null;
        OutputNode.Append(cell.Outputs, (JsonObject)error.DeepClone());
        return cell.Has(Cell.RaisesTag) && !worker.HasEnded ? null
            : new(cell, number, (int?)reply["line"] ?? 0, error);
    }

    async Task Hidden(WorkerProcess worker, Cell cell, int number)
    {
        if (worker.HasEnded || HiddenAfter(cell) is not { } code)
            return;
        JsonObject reply = await worker.Ask(new()
        {
            ["do"] = "run",
            ["code"] = code,
            ["file"] = $"check after {FileOf(number)}",
        });
        if (reply["error"] is JsonObject error)
            _checks.Add(new($"after {FileOf(number)}: {error["ename"]}: {error["evalue"]}", false));
    }

    static JsonObject Request(string what, Cell cell, int number) => new()
    {
        ["do"] = what,
        ["code"] = cell.Source,
        ["file"] = FileOf(number),
        ["count"] = number,
    };

    /// <summary>What errors and traces call a cell.</summary>
    internal static string FileOf(int number) => $"cell {number}";

    void Take(JsonObject message)
    {
        // Nobody sits before it.
        if ((string?)message["is"] == "ask")
            _worker?.Answer(null);
        if ((string?)message["is"] == "check")
            _checks.Add(new((string?)message["what"] ?? "", (bool?)message["holds"] ?? false));
        if (message["output"] is not JsonObject output)
            return;
        output = (JsonObject)output.DeepClone();
        string? id = (string?)message["id"];
        lock (_lock)
            if ((string?)message["is"] == "update" && id is not null && _shown.TryGetValue(id, out JsonObject? shown))
                shown["data"] = output["data"]!.DeepClone();
            else
            {
                OutputNode.Append(_outputs, output);
                if (id is not null)
                    _shown[id] = output;
            }
    }

    Timer? Watch(WorkerProcess worker)
    {
        if (Limits is not { } limits)
            return null;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        return new(_ =>
        {
            if (clock.Elapsed > limits.Time)
                worker.Kill($"it ran for more than {limits.Time.TotalSeconds:0} s");
            else if (worker.MemoryBytes > limits.MemoryBytes)
                worker.Kill($"it held more than {limits.MemoryBytes >> 20} MiB of memory");
        }, null, 200, 200);
    }
}
