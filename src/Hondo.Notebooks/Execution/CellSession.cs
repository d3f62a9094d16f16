using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Hondo.Tensors;

namespace Hondo.Notebooks;

/// <summary>Compiles and runs cells one after the other, in this process.</summary>
sealed class CellSession
{
    readonly CellCompiler _compiler = new();
    readonly AssemblyLoadContext _context;
    readonly Dictionary<string, Assembly> _cells = new(StringComparer.Ordinal);
    readonly Dictionary<(string File, string Code), CompiledCell> _ahead = [];
    readonly PackageReferences _packages = new();

    public CellSession() => _context = new CellContext(_cells, _packages);

    public CellCompiler Compiler => _compiler;

    /// <summary>Compiles a cell without running it; run later it is not compiled again.</summary>
    /// <exception cref="CellException">It is not C#.</exception>
    public void Prepare(string code, string file) => _ahead[(file, code)] = Compile(code, file);

    /// <summary>Runs a cell and returns its value as a notebook shows it, or null.</summary>
    /// <exception cref="CellException">It failed.</exception>
    public MimeBundle? Run(string code, string file, Action? onStart = null)
    {
        if (!_ahead.Remove((file, code), out CompiledCell? cell))
            cell = Compile(code, file);
        Assembly assembly = _context.LoadFromStream(new MemoryStream(cell.Image), new MemoryStream(cell.Symbols));
        _cells[cell.Name] = assembly;
        onStart?.Invoke();
        try
        {
            var method = assembly.GetType(cell.Type)!.GetMethod(CellText.Method)!.CreateDelegate<Func<Task<object?>>>();
            // A value may fail as late as here: a query is computed when it is shown.
            return Wait(method()) is { } value ? Rich.Of(value) : null;
        }
        catch (Exception error) when (error is not CellException)
        {
            throw new CellException(Explain(error));
        }
    }

    /// <summary>Cells see each other, then their packages, then what the process was started with.</summary>
    sealed class CellContext(Dictionary<string, Assembly> cells, PackageReferences packages)
        : AssemblyLoadContext("cells")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            cells.GetValueOrDefault(assemblyName.Name ?? "") ?? packages.Load(this, assemblyName);

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            packages.FindNative(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : 0;
    }

    CompiledCell Compile(string code, string file)
    {
        _compiler.Scope.References.AddRange(_packages.Resolve(CellSource.Parse(code, file).Directives));
        return _compiler.Compile(code, file);
    }

    // A cell that only waits is left to itself when it is interrupted.
    static object? Wait(Task<object?> cell)
    {
        while (!cell.IsCompleted && !Interrupts.IsRequested)
            Task.WaitAny([cell], 50);
        return cell.IsCompleted ? cell.GetAwaiter().GetResult()
            : throw new OperationCanceledException("interrupted while it waited");
    }

    static CellError Explain(Exception error)
    {
        if (error is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 })
            error = error.InnerException ?? error;
        if (error is OperationCanceledException && Interrupts.IsRequested)
            return new(CellError.WasInterrupted, "The cell was interrupted.", ["The cell was interrupted."]);
        List<string> lines = [];
        int first = 0;
        for (Exception? one = error; one is not null && lines.Count < 100; one = one.InnerException)
        {
            lines.Add($"{(one == error ? "" : "caused by ")}{one.GetType().Name}: {MessageOf(one)}");
            foreach (StackFrame frame in new StackTrace(one, fNeedFileInfo: true).GetFrames().Where(IsOfCell).Take(20))
            {
                first = first == 0 ? frame.GetFileLineNumber() : first;
                lines.Add($"   at {frame.GetFileName()}, line {frame.GetFileLineNumber()}");
            }
        }
        return new(error.GetType().Name, MessageOf(error), [.. lines.Distinct()], first);
    }

    // It may be a cell's own type, and fail itself.
    static string MessageOf(Exception error)
    {
        try
        {
            return error.Message ?? "";
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            return $"(its message cannot be had: {second.GetType().Name})";
        }
    }

    static bool IsOfCell(StackFrame frame) => frame.GetFileLineNumber() > 0
        && frame.GetMethod()?.Module.Assembly.GetName().Name?.StartsWith("Cell", StringComparison.Ordinal) == true;
}
