namespace Hondo.Torture;

/// <summary>
/// Each call to the system of one save of the real program fails in turn, with each of some errors, and at each it is
/// killed once.
/// </summary>
static class Faults
{
    static readonly string[] Effects = ["error=EIO", "error=ENOSPC", "error=EINTR", "signal=KILL"];

    // A save that replaces an old checkpoint: the first two find none to remove.
    const int SavesBefore = 3;

    public static int Run(int most)
    {
        if (Strace.Problem() is { } problem)
        {
            Console.WriteLine($"faults: {problem}");
            return 3;
        }
        using var scratch = new Scratch();
        using var patient = new Patient(scratch["saver"]);
        (string Call, int Nth)[] calls = patient.Calls(scratch["calls"]);
        string[] faults = [.. Effects.SelectMany(effect => calls.Select(c => $"{c.Call}:{effect}:when={c.Nth}"))];
        int step = Math.Max(1, faults.Length / most), tried = 0, wrong = 0;
        for (int i = 0; i < faults.Length; i += step, tried++)
        {
            if (patient.Suffer(faults[i], scratch["log"]) is not { } wrongness)
                continue;
            wrong++;
            Console.WriteLine($"{faults[i]}: {wrongness}");
        }
        Console.WriteLine($"calls={calls.Length} faults={tried} wrong={wrong}");
        return wrong == 0 && calls.Length > 0 ? 0 : 1;
    }

    /// <summary>A process that saves when it is told.</summary>
    sealed class Patient(string folder) : IDisposable
    {
        readonly List<string> _damaged = [];
        Child _child = Start(folder);
        string _thread = "";
        long _step;

        static Child Start(string folder) => Child.Start("save-when-told", folder);

        public (string, int)[] Calls(string log)
        {
            Wake();
            using (Strace.Attach(_thread, log))
                Save();
            return [.. Strace.Read(log)];
        }

        /// <summary>Saves with a fault; returns what is wrong afterwards, or null.</summary>
        public string? Suffer(string fault, string log)
        {
            Wake();
            long before = _step;
            string? answer;
            using (Strace.Attach(_thread, log, fault))
                answer = Save();
            long newest = Saved.Newest(folder, _damaged.Add);
            if (answer is null)
                (_child, _thread) = (Restarted(), "");
            return Wrong(answer, before, newest) ?? (Wake() == "saved" && Saver.Leftovers(folder) == 0
                ? null : "the next save left something behind");
        }

        string? Wrong(string? answer, long before, long newest)
        {
            if (_damaged.Count > 0)
                return string.Join(' ', _damaged);
            if (newest != _step && (newest != before || answer == "saved"))
                return $"step {newest} is there, not {before} or {_step}; it said: {answer}";
            return answer is null or "saved" || answer.Contains(folder, StringComparison.Ordinal) ? null
                : $"no clear error: {answer}";
        }

        Child Restarted()
        {
            _child.Dispose();
            return Start(folder);
        }

        // Saves without a fault until all that a save does has been done once.
        string? Wake()
        {
            bool isNew = _thread.Length == 0;
            if (isNew)
                _thread = _child.ReadLine() ?? throw new InvalidOperationException(_child.Errors);
            string? answer = Save();
            for (int i = 1; isNew && i < SavesBefore; i++)
                answer = Save();
            return answer;
        }

        string? Save()
        {
            _child.Say($"{++_step}");
            return _child.ReadLine();
        }

        public void Dispose() => _child.Dispose();
    }
}
