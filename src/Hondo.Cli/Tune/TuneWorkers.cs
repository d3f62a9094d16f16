using System.Diagnostics;
using Hondo.Tuning;

namespace Hondo.Cli.Tune;

/// <summary>
/// Workers in processes of their own. One that dies is replaced, and its trial is free at once; they end when the
/// process that started them does, however that ends.
/// </summary>
sealed class TuneWorkers : IDisposable
{
    const int MostDeaths = 3;

    readonly TunePlan _plan;
    readonly IReadOnlyList<string> _words;
    readonly Process?[] _processes;
    int _deaths;

    public TuneWorkers(TunePlan plan, int count, IReadOnlyList<string> words)
    {
        (_plan, _words, _processes) = (plan, words, new Process?[count]);
        for (int i = 0; i < count; i++)
            _processes[i] = Start();
    }

    Process Start() => Process.Start(new ProcessStartInfo("dotnet", [typeof(TuneWorkers).Assembly.Location, .. _words])
    {
        // Its end tells the worker that nobody waits for it any more.
        RedirectStandardInput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Looks after them; true as long as one works.</summary>
    /// <exception cref="IOException">They die again and again.</exception>
    public bool Watch()
    {
        for (int i = 0; i < _processes.Length; i++)
        {
            if (_processes[i] is not { HasExited: true } ended)
                continue;
            _processes[i] = null;
            using (ended)
                if (ended.ExitCode != 0)
                    _processes[i] = Again(ended);
        }
        return Array.Exists(_processes, process => process is not null);
    }

    Process Again(Process ended)
    {
        string problem = ended.StandardError.ReadToEnd().Trim();
        _plan.Storage.Release(_plan.Study.Name, StudyWorkers.NameOf(ended.Id, 0));
        // A worker that says why it ends would end again; one that was killed says nothing.
        if (problem.Length > 0 && ++_deaths >= MostDeaths)
            throw new IOException($"A worker ended with: {problem}");
        return Start();
    }

    /// <summary>Asks them to end, and waits for it: they write checkpoints.</summary>
    public void Dispose()
    {
        foreach (Process process in _processes.OfType<Process>())
            process.StandardInput.Close();
        foreach (Process process in _processes.OfType<Process>())
        {
            if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
                process.Kill();
            process.Dispose();
        }
    }
}
