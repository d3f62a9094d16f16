using System.Diagnostics;

namespace Hondo.Cli.Tests;

/// <summary>The script that builds and starts: in a bare or crippled place it gives one clear message.</summary>
public sealed class StartScriptTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [ScriptFact]
    public void The_first_start_says_that_it_builds_and_the_second_does_not()
    {
        Prepare(isBuilt: false);
        // In place of the compiler: it writes the program, and the program says what it was started with.
        Write("bin/dotnet", "#!/bin/sh\nif [ \"$1\" = publish ]; then\n  while [ \"$1\" != --output ]; do shift; done\n"
            + "  mkdir -p \"$2\"; exit\nfi\nshift; echo \"started with $*\"\n");
        Answer first = Run("PATH=$PWD/bin:$PATH ./hondo data list"), second = Run("PATH=$PWD/bin:$PATH ./hondo info");
        Assert.Equal((0, "started with data list\n", "Building once, about a minute\n"),
            (first.Code, first.Out, first.Error));
        Assert.Equal((0, "started with info\n", ""), (second.Code, second.Out, second.Error));
        Answer later = Run("sleep 0.1; touch src/Hondo.Cli/new.cs; PATH=$PWD/bin:$PATH ./hondo");
        Assert.Contains("The sources have changed", later.Error, StringComparison.Ordinal);
    }

    [ScriptFact]
    public void A_build_that_fails_shows_why()
    {
        Prepare(isBuilt: false);
        Write("bin/dotnet", "#!/bin/sh\necho error CS1002\nexit 1\n");
        Answer answer = Run("PATH=$PWD/bin:$PATH ./hondo data list");
        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.Contains("error CS1002\nhondo could not be built.", answer.Error, StringComparison.Ordinal);
    }

    [ScriptFact]
    public void Closed_standard_output_is_one_message()
    {
        Prepare(isBuilt: true);
        Answer answer = Run("./hondo data list >&-");
        Assert.Equal(1, answer.Code);
        Assert.Equal("hondo cannot write: standard output is closed. Let it go to a file, or to /dev/null.\n",
            answer.Error);
        Assert.Equal(0, Run("./hondo data list < /dev/null 2>&-").Code);
        Assert.Equal(0, Run("./hondo data list <&-").Code);
    }

    // Who may not raise the number is told; who may is served.
    [ScriptFact]
    public void Twenty_open_files_are_too_few_and_said()
    {
        Prepare(isBuilt: true);
        Answer answer = Run("ulimit -n 20; ./hondo data list");
        if (answer.Code != 0)
            Assert.Equal("hondo opens up to 64 files at a time, but only 20 are allowed here. Allow more: ulimit -n "
                + "1024\n", answer.Error);
        Assert.Equal(answer.Code == 0, answer.Out.Contains("digits", StringComparison.Ordinal));
    }

    [ScriptFact]
    public void Without_a_home_or_a_full_pipe_it_answers()
    {
        Prepare(isBuilt: true);
        Answer homeless = Run("env -u HOME -u HONDO_DATA -u XDG_CACHE_HOME ./hondo data list");
        Assert.Equal((0, ""), (homeless.Code, homeless.Error));
        Assert.Contains("digits", homeless.Out, StringComparison.Ordinal);
        // Who reads one line and goes makes no error of the rest.
        Assert.DoesNotContain("   at ", Run("./hondo --help | head -1; true").Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Run("./hondo data list > /dev/full; true").Error, StringComparison.Ordinal);
    }

    // A pseudo terminal, as a person sits at one; the program itself is a sleep.
    [ScriptFact]
    public void On_a_terminal_a_training_says_at_once_that_it_starts()
    {
        Prepare(isBuilt: true);
        Write("bin/dotnet", "#!/bin/sh\nexit 0\n");
        string Shown(string words, string before = "") => Run($"export PATH=$PWD/bin:$PATH TERM=xterm; {before} "
            + $"script -qec './hondo {words}' /dev/null").Out;
        Assert.Equal("Starting …\r", Shown("train digits"));
        Assert.Equal("", Shown("data list"));
        Assert.Equal("", Shown("train digits", "TERM=dumb"));
        Assert.Equal("", Run("PATH=$PWD/bin:$PATH ./hondo train digits").Out);
    }

    // Reading looks at no token: the process must end all the same, as shells count it.
    [ScriptFact]
    public void Sigterm_ends_a_process_that_reads_its_data()
    {
        Prepare(isBuilt: true);
        string row = string.Join(',', Enumerable.Range(0, 40).Select(i => $"0.{i}"));
        File.WriteAllText(_shell.Path("x.csv"), $"{string.Join(',', Enumerable.Range(0, 40).Select(i => $"c{i}"))}\n"
            + string.Concat(Enumerable.Repeat(row + "\n", 400_000)));
        Answer answer = Run("export TERM=xterm; script -qec 'echo $$ > pid; exec ./hondo train x.csv --target c39 "
            + "--run run' /dev/null > shown & "
            + "until grep -q Reading shown; do sleep 0.02; done; kill -TERM $(cat pid); wait; cat shown; ls -d run");
        Assert.Contains("Reading x.csv", answer.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Epoch", answer.Out, StringComparison.Ordinal);
        Assert.Contains("run", answer.Error, StringComparison.Ordinal);
    }

    // The repository's script in a place of its own, over the program that the tests were built with.
    void Prepare(bool isBuilt)
    {
        string script = Path.Combine(Repository(), "hondo");
        File.Copy(script, _shell.Path("hondo"));
        Write("src/Hondo.Cli/source.cs", "");
        Write("a.props", "");
        Write("global.json", "{}");
        if (!isBuilt)
            return;
        Directory.CreateDirectory(_shell.Path("artifacts"));
        Directory.CreateDirectory(_shell.Path("artifacts/hondo"));
        foreach (string file in Directory.GetFileSystemEntries(AppContext.BaseDirectory))
            File.CreateSymbolicLink(_shell.Path($"artifacts/hondo/{Path.GetFileName(file)}"), file);
        Write("artifacts/hondo/.built", "");
        File.SetLastWriteTimeUtc(_shell.Path("artifacts/hondo/.built"), DateTime.UtcNow.AddMinutes(1));
    }

    void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_shell.Path(name))!);
        File.WriteAllText(_shell.Path(name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_shell.Path(name), UnixFileMode.UserRead | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute);
    }

    Answer Run(string line)
    {
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = _shell.Path("."),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = bash.StandardError.ReadToEndAsync();
        string output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return new(bash.ExitCode, output, errors.Result);
    }

    static string Repository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hondo.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    /// <summary>A fact of the script for bash.</summary>
    sealed class ScriptFactAttribute : FactAttribute
    {
        public ScriptFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "the script is for bash";
        }
    }
}
