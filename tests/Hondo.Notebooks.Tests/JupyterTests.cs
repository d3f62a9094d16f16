using System.Diagnostics;
using System.Text.Json;

namespace Hondo.Notebooks.Tests;

/// <summary>The kernel, driven by Jupyter's own client (Debian's python3-nbclient).</summary>
public sealed class JupyterTests
{
    const string Python = "/usr/bin/python3";

    [NbclientFact]
    public async Task Jupyter_s_client_finds_every_kind_of_cell_answered()
    {
        string folder = Directory.CreateTempSubdirectory("hondo-jupyter-").FullName;
        try
        {
            KernelInfo.Install([.. Engine.Command.SkipLast(1), "kernel"], folder);
            string constructs = Path.Combine(folder, "constructs.ipynb");
            PercentText.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "constructs.txt")),
                "constructs.txt").Write(constructs);
            JsonElement seen = JsonDocument.Parse(await Run(Path.Combine(AppContext.BaseDirectory, "jupyter.py"),
                Path.Combine(folder, "share", "jupyter"), constructs, "2")).RootElement;
            string Said(string name) => seen.GetProperty(name).ToString();
            Assert.Equal("=3", Said("async"));
            Assert.Equal("!InvalidOperationException", Said("exception"));
            Assert.Matches("^cell \\d+, line 2: CS1061", Said("compile_error"));
            Assert.Equal("[\"image/svg+xml\", \"text/plain\"]", Said("rich"));
            Assert.Equal("[\"display_data\", \"update_display_data\"]", Said("update"));
            Assert.Equal("108890", Said("long"));
            Assert.Equal("name?hello Ada", Said("input"));
            Assert.Equal("[\"stderr\"]", Said("stderr"));
            Assert.Contains("Count", Said("complete"), StringComparison.Ordinal);
            Assert.Contains("DataSplits Datasets.Digits()", Said("inspect"), StringComparison.Ordinal);
            Assert.Equal(("complete", "incomplete", "invalid"), (Said("whole"), Said("half"), Said("wrong")));
            Assert.Equal(("!Interrupted", "=3"), (Said("interrupt"), Said("after_interrupt")));
            Assert.Equal(("!ProcessEnded", "=42"), (Said("killed"), Said("after_kill")));
            Assert.Equal("True", Said("shut_down"));
            Assert.Equal(("62", "6"), (Said("constructs"), Said("practicals_valid")));
            Assert.Equal("[\"anonymous type to next cell\"]", Said("constructs_wrong"));
            Assert.Equal("0", Said("orphans"));
            Assert.Equal(("=3", "=HI!", "=one"), (Said("generic"), Said("extension"), Said("using")));
            Assert.Equal(("late", "!DivideByZeroException"), (Said("late"), Said("lazy")));
            Assert.Equal(("!ProcessEnded", "False"), (Said("left_behind"), Said("left_behind_waits")));
            Assert.Equal(("=ñ 漢字 🎉", "ok", "=<p><em>a</em></p>\n"), (Said("unicode"), Said("empty"), Said("package")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A package that the restore of this project has brought: no registry is asked for it.
        start.Environment["HONDO_TEST_COURSE"] = Path.Combine(PageTests.Home, "course");
        start.Environment["HONDO_TEST_PACKAGE"] = Engine.VersionOf("Markdig");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }

    sealed class NbclientFactAttribute : FactAttribute
    {
        public NbclientFactAttribute()
        {
            if (!Directory.Exists("/usr/lib/python3/dist-packages/nbclient"))
                Skip = "Jupyter's client is not here (Debian: python3-nbclient)";
        }
    }
}
