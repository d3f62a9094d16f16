using System.Diagnostics;

namespace Hondo.Notebooks.Tests;

/// <summary>What happens when a cell fails, dies, or is interrupted.</summary>
public sealed class ExecutionTests(WarmProcess warm) : IClassFixture<WarmProcess>
{
    [Fact]
    public async Task An_exception_names_cell_and_line()
    {
        Notebook notebook = Engine.Of("int x = 0;", "// a comment\nConsole.Write(1);\nint y = 3 / x;");
        CellFailure failure = Assert.Single(await warm.Run(notebook));
        Assert.Equal((2, 3), (failure.Number, failure.Line));
        Assert.Contains("DivideByZeroException", failure.Message, StringComparison.Ordinal);
        Assert.Contains("at cell 2, line 3", failure.Output.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_in_a_function_names_the_function_s_line_too()
    {
        Notebook notebook = Engine.Of("\nint Half(string text) =>\n    int.Parse(text) / 2;", "Half(\"four\")");
        CellFailure failure = Assert.Single(await warm.Run(notebook));
        string trace = failure.Output["traceback"]!.ToJsonString();
        Assert.Contains("at cell 1, line 3", trace, StringComparison.Ordinal);
        Assert.Contains("at cell 2, line 1", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_cells_are_compiled_before_the_first_one_runs()
    {
        Notebook notebook = Engine.Of("Console.Write(1);", "int x = 1;\nx.Nothing();");
        CellFailure failure = Assert.Single(await warm.Run(notebook, goesOn: false));
        Assert.Equal((2, 2), (failure.Number, failure.Line));
        Assert.StartsWith("cell 2, line 2: CS1061", failure.Message, StringComparison.Ordinal);
        Assert.Empty(notebook.Cells[0].Outputs);
    }

    [Theory]
    [InlineData("Environment.FailFast(\"no more\");", "SIGABRT")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "SIGKILL")]
    [InlineData("Environment.Exit(3);", "exit code 3")]
    public async Task A_cell_that_ends_its_process_is_reported_at_once(string code, string why)
    {
        if (OperatingSystem.IsWindows())
            return;
        Notebook notebook = Engine.Of("Console.Write(1);", code, "Console.Write(2);");
        await warm.Process.Ready;
        var clock = Stopwatch.StartNew();
        CellFailure failure = Assert.Single(await warm.Run(notebook));
        // Timing decides no test but for an order of magnitude: nothing waits for a timeout.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(50), $"{clock.Elapsed}");
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.Number);
        Assert.Equal("1", Engine.Said(notebook.Cells[0]));
    }

    [Fact]
    public async Task An_interrupted_training_ends_after_a_step_and_the_next_gives_the_same_bits()
    {
        const string code = """
            var model = new Sequential(new Flatten(), new Linear(784, 16), new Relu(), new Linear(16, 10));
            var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)) { Epochs = EPOCHS };
            trainer.Fit(Datasets.Digits());
            ModelHash.Of(model)
            """;
        List<string> said = [];
        using var worker = new WorkerProcess(Engine.Command, null, message => said.Add(message.ToJsonString()));
        async Task<string> Train(string epochs)
        {
            said.Clear();
            var reply = await worker.Ask(new()
            {
                ["do"] = "run",
                ["code"] = code.Replace("EPOCHS", epochs, StringComparison.Ordinal),
                ["file"] = "cell 1",
            });
            return string.Concat(said) + reply["error"]?["ename"];
        }
        string before = await Train("1");
        Task<string> endless = Train("1_000_000");
        await Task.Delay(300);
        worker.Interrupt();
        Assert.Equal(CellError.WasInterrupted, await endless);
        Assert.False(worker.HasEnded);
        Assert.Contains("text/plain", before, StringComparison.Ordinal);
        Assert.Equal(before, await Train("1"));
    }

    /// <summary>Cells that a person may write one day, and what they say.</summary>
    [Fact]
    public async Task Odd_cells_do_what_they_say()
    {
        (string Code, string Said)[] cells =
        [
            ("", ""), ("// nothing", ""), (";", ""), ("#region A\n#endregion", ""), ("return 5;", "=5"),
            ("\"ñ 漢字 🎉\"", "=ñ 漢字 🎉"), ("Console.Write(\"\\ud83d\"); Console.Write('\\ude00');", "😀"),
            ("Console.Write('\\ud83d'); \"a\\ud800b\"", "\uFFFD=a\uFFFDb"),
            ("Enumerable.Range(0, 3).Select(x => 1 / x)", "!DivideByZeroException"),
            ("record Bad(int A) { public int B => throw new FormatException(); }\nnew[] { new Bad(1) }",
                "!FormatException"),
            ("var loop = new List<object>(); loop.Add(loop); loop", "=[[[[[[[…]]]]]]]"),
            ("class Evil : Exception { public override string Message => throw this; }\nthrow new Evil();", "!Evil"),
            ("int Go(int x) => x + 1; Go(1)", "=2"), ("class Task { public int V = 3; }\nnew Task().V", "=3"),
            ("class Tensor { public int N = 4; }\nnew Tensor().N", "=4"),
            ("class Cells { public int K = 9; }\nnew Cells().K", "=9"),
            ("class Console { public static void Write(int x) => System.Console.Write(-x); }\nConsole.Write(1);", "-1"),
            ("class System { public int Q = 7; }\nnew System().Q", "=7"),
            ("namespace My.Things;\npublic class Thing { public int N = 1; }", ""), ("new My.Things.Thing().N", "=1"),
            ("using My.Things;\nnew Thing().N", "=1"),
            ("namespace Deep { public class Ore { public int M = 2; } }", ""),
            ("using Deep;\r\nint r = 1;\r\nusing Alias = Deep.Ore;\r\nnew Alias().M + r", "=3"),
            ("Console.In.ReadLine() ?? \"the end\"", "!CompileError"),
            ("global::System.Console.ReadLine() ?? \"the end\"", "=the end"),
            ("new string('x', 3_000_000).Length", "=3000000"), ("int aa = 3, bb = 4;\naa * bb", "=12"),
            ("for (int i = 0; i < 2; i++) bb++;\naa * bb * 2 + 1 // more", "=37"), ("aa", "=3"), ("(aa * bb)", "=18"),
            ("var pair = (P: 2, Q: 3);\npair.P * pair.Q", "=6"), ("aa * Math.Abs(-2)", "=6"),
            ("aa bb", "!CompileError"),
            ("_ = Threading.Run();\nstatic class Threading { public static object? Run() => null; }", ""),
        ];
        Notebook notebook = Engine.Of([.. cells.Select(cell => cell.Code)]);
        await warm.Run(notebook);
        Assert.Equal(cells, notebook.Code.Select(cell => (cell.Source, Engine.Said(cell))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_notebook_to_begin_with_runs(bool isSpanish)
    {
        Notebook notebook = Templates.Get("empty", isSpanish);
        Assert.Empty(await warm.Run(notebook, goesOn: false));
        Assert.StartsWith("=1  4  9", Engine.Said(notebook.Code.Single()), StringComparison.Ordinal);
        Assert.Empty(NotebookProgram.Of(notebook, "p").Problems);
    }

    [Fact]
    public async Task A_value_too_long_for_any_editor_is_cut()
    {
        Notebook notebook = Engine.Of("new string('x', 3_000_000)",
            "for (int i = 0; i < 60_000; i++) Console.WriteLine(new string('y', 99));");
        Assert.Empty(await warm.Run(notebook));
        Assert.EndsWith("2000000 more characters are left out", Engine.Said(notebook.Cells[0]),
            StringComparison.Ordinal);
        Assert.True(Engine.Said(notebook.Cells[1]).Length < 4_000_200);
    }

    [Fact]
    public async Task A_process_that_a_cell_left_behind_does_not_hide_the_end()
    {
        if (OperatingSystem.IsWindows())
            return;
        var clock = Stopwatch.StartNew();
        CellFailure failure = Assert.Single(await warm.Run(Engine.Of(
            "Process.Start(\"sleep\", \"60\"); Environment.Exit(3);".Insert(0, "using System.Diagnostics;\n"))));
        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Packages_work_that_the_tool_has_too_and_their_native_libraries()
    {
        // Both were restored with the tool: no registry is asked.
        Notebook notebook = Engine.Of(
            $"#r \"nuget: Markdig, {Engine.VersionOf("Markdig")}\"\nMarkdig.Markdown.ToHtml(\"*a*\").Trim()",
            $"#:package Microsoft.Data.Sqlite@{Engine.VersionOf("Microsoft.Data.Sqlite")}\n" + """
            using Microsoft.Data.Sqlite;
            using var store = new SqliteConnection("Data Source=:memory:");
            store.Open();
            using SqliteCommand command = store.CreateCommand();
            command.CommandText = "select 6 * 7";
            command.ExecuteScalar()
            """);
        Assert.Empty(await warm.Run(notebook, goesOn: false));
        Assert.Equal(["=<p><em>a</em></p>", "=42"], notebook.Cells.Select(Engine.Said));
    }

    [Fact]
    public async Task An_endless_loop_is_interrupted_and_variables_stay()
    {
        List<string> said = [];
        var runs = new TaskCompletionSource();
        using var worker = new WorkerProcess(Engine.Command, null, message =>
        {
            said.Add(message.ToJsonString());
            if (said[^1].Contains("it runs", StringComparison.Ordinal))
                runs.TrySetResult();
        });
        Task<System.Text.Json.Nodes.JsonObject> Ask(string code) =>
            worker.Ask(new() { ["do"] = "run", ["code"] = code, ["file"] = "cell" });
        await Ask("int kept = 7;");
        Task<System.Text.Json.Nodes.JsonObject> endless =
            Ask("kept = 8; Console.WriteLine(\"it runs\"); while (true) { }");
        // A busy machine compiles for longer than any pause.
        await runs.Task;
        worker.Interrupt();
        Assert.Equal(CellError.WasInterrupted, (string?)(await endless)["error"]!["ename"]);
        await Ask("kept");
        Assert.Contains("\"text/plain\":\"8\"", string.Concat(said), StringComparison.Ordinal);
    }
}
