using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Notebooks;
using Hondo.Serialization;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo course list|open|run|new</c>: the lessons and practicals that come with Hondo.</summary>
static class CourseVerb
{
    public static Command Command(Terminal terminal)
    {
        var command = new Command("course", "Lessons in deep learning that run: read them, check them, solve them.")
        {
            List(terminal), Open(terminal), Run(terminal), New(terminal),
        };
        command.SetAction(_ => Write(Language.IsSpanish(null), terminal));
        return command;
    }

    static Command List(Terminal terminal)
    {
        var command = new Command("list", "The lessons and practicals, with their numbers.");
        command.SetAction(_ => Write(Language.IsSpanish(null), terminal));
        return command;
    }

    static int Write(bool isSpanish, Terminal terminal)
    {
        TextTable.Write(terminal.Out, [.. Course.All(isSpanish).Select(one => new[]
        {
            one.Number.ToString(CultureInfo.InvariantCulture), one.Name, one.Title,
        })]);
        return 0;
    }

    static Command Open(Terminal terminal)
    {
        Argument<string> which = Which();
        Option<string?> folder = new("--out") { Description = "where the page is written; hondo-course when left out" };
        Option<bool> quiet = new("--no-browser") { Description = "write the page, and open nothing" };
        var command = new Command("open", "Execute a lesson and read it as a page in the browser.")
        { which, folder, quiet };
        command.SetAction(parsed =>
        {
            bool isSpanish = Language.IsSpanish(null);
            CourseNotebook lesson = Course.Find(parsed.GetValue(which)!, isSpanish);
            (IReadOnlyList<CellFailure> failures, _) = Execute(lesson, terminal);
            foreach (CellFailure failure in failures)
                terminal.Error.WriteLine(PlainText.Of($"error: {lesson.Name}, {failure.Message}"));
            string page = Path.GetFullPath(
                Path.Combine(parsed.GetValue(folder) ?? "hondo-course", lesson.Name + ".html"));
            Directory.CreateDirectory(Path.GetDirectoryName(page)!);
            DurableFile.WriteText(page, NotebookPage.Of(lesson.Notebook, lesson.Title, isSpanish ? "es" : "en"));
            terminal.Out.WriteLine(PlainText.Of(page));
            if (!parsed.GetValue(quiet) && terminal.ShowsError)
                Show(page, terminal);
            return failures.Count > 0 ? 1 : 0;
        });
        return command;
    }

    static Command Run(Terminal terminal)
    {
        Argument<string[]> which = new("LESSON")
        {
            Description = "numbers or names; all lessons when left out",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("run", "Execute lessons and say whether all their checks hold.") { which };
        command.SetAction(parsed =>
        {
            bool isSpanish = Language.IsSpanish(null);
            string[] named = parsed.GetValue(which) ?? [];
            CourseNotebook[] lessons = named.Length > 0
                ? [.. named.Select(one => Course.Find(one, isSpanish))]
                : [.. Course.All(isSpanish).Where(one => one.IsLesson)];
            List<string> wrong = [];
            foreach (CourseNotebook lesson in lessons)
            {
                long start = Stopwatch.GetTimestamp();
                (IReadOnlyList<CellFailure> failures, IReadOnlyList<CheckResult> checks) = Execute(lesson, terminal);
                string[] problems = [.. failures.Select(failure => failure.Message),
                    .. checks.Where(check => !check.Holds).Select(check => $"✗ {check.What}")];
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                terminal.Out.WriteLine(PlainText.Of(string.Create(CultureInfo.InvariantCulture,
                    $"{lesson.Number,3}  {lesson.Title}: {checks.Count(check => check.Holds)}/{checks.Count} ✓")
                    + string.Create(CultureInfo.InvariantCulture, $"  {seconds:0.0} s")));
                foreach (string problem in problems)
                    terminal.Error.WriteLine(PlainText.Of($"error: {lesson.Name}, {problem}"));
                wrong.AddRange(problems);
            }
            return wrong.Count > 0 ? 1 : 0;
        });
        return command;
    }

    static Command New(Terminal terminal)
    {
        Argument<string> which = Which();
        Option<string?> file = new("--out") { Description = "the file to write, .cs or .ipynb" };
        Option<bool> hides = new("--exercises") { Description = "hide the checks that a teacher's check counts" },
            solved = new("--solved") { Description = "with the solutions" };
        var command = new Command("new", "Write a lesson as a notebook whose exercises are yours to solve.")
        { which, file, hides, solved };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(solved))
                Applicability.Refuse(parsed, "is for exercises, but --solved has none", hides);
            bool isSpanish = Language.IsSpanish(null);
            CourseNotebook lesson = Course.Find(parsed.GetValue(which)!, isSpanish);
            Notebook notebook = parsed.GetValue(solved) ? lesson.Notebook
                : Exercises.Of(lesson.Notebook, parsed.GetValue(hides), isSpanish);
            return NotebookFilesVerb.Write(parsed.GetValue(file) ?? lesson.Name + ".ipynb", notebook.Write, isNew: true,
                terminal);
        });
        return command;
    }

    static Argument<string> Which() =>
        new("LESSON") { Description = "its number or its name: hondo course lists them" };

    static (IReadOnlyList<CellFailure>, IReadOnlyList<CheckResult>) Execute(CourseNotebook lesson, Terminal terminal)
    {
        using var interruption = new Interruption();
        var run = new NotebookRun(NotebookVerb.WorkerCommand)
        {
            GoesOn = true,
            IsSpanish = Language.IsSpanish(null),
            OnCell = NotebookRunVerb.Progress(terminal),
        };
        return (run.Execute(lesson.Notebook, Directory.GetCurrentDirectory(), interruption.Token).GetAwaiter()
            .GetResult(), run.Checks);
    }

    static void Show(string page, Terminal terminal)
    {
        try
        {
            using Process? _ = OperatingSystem.IsLinux()
                ? Process.Start(new ProcessStartInfo("xdg-open", [page])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true,
                })
                : Process.Start(new ProcessStartInfo(page) { UseShellExecute = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            terminal.Error.WriteLine("No browser was found: open the page by hand.");
        }
    }
}
