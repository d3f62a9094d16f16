using System.Diagnostics;

namespace Hondo.Notebooks.Tests;

/// <summary>What happens when a cell fails, dies, or is interrupted.</summary>
public sealed class ExecutionTests
{
    [Fact]
    public async Task An_exception_names_cell_and_line()
    {
        Notebook notebook = Engine.Of("int x = 0;", "// a comment\nConsole.Write(1);\nint y = 3 / x;");
        CellFailure failure = Assert.Single(await Engine.Run(notebook));
        Assert.Equal((2, 3), (failure.Number, failure.Line));
        Assert.Contains("DivideByZeroException", failure.Message, StringComparison.Ordinal);
        Assert.Contains("at cell 2, line 3", failure.Output.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_in_a_function_names_the_function_s_line_too()
    {
        Notebook notebook = Engine.Of("\nint Half(string text) =>\n    int.Parse(text) / 2;", "Half(\"four\")");
        CellFailure failure = Assert.Single(await Engine.Run(notebook));
        string trace = failure.Output["traceback"]!.ToJsonString();
        Assert.Contains("at cell 1, line 3", trace, StringComparison.Ordinal);
        Assert.Contains("at cell 2, line 1", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_cells_are_compiled_before_the_first_one_runs()
    {
        Notebook notebook = Engine.Of("Console.Write(1);", "int x = 1;\nx.Nothing();");
        CellFailure failure = Assert.Single(await Engine.Run(notebook, goesOn: false));
        Assert.Equal((2, 2), (failure.Number, failure.Line));
        Assert.StartsWith("cell 2, line 2: CS1061", failure.Message, StringComparison.Ordinal);
        Assert.Empty(notebook.Cells[0].Outputs);
    }

    [Theory]
    [InlineData("Environment.FailFast(\"no more\");", "SIGABRT")]
    [InlineData("System.Diagnostics.Process.GetCurrentProcess().Kill();", "SIGKILL")]
    [InlineData("Environment.Exit(3);", "exit code 3")]
    public async Task A_cell_that_ends_its_process_is_reported_within_a_second(string code, string why)
    {
        if (OperatingSystem.IsWindows())
            return;
        Notebook notebook = Engine.Of("Console.Write(1);", code, "Console.Write(2);");
        long ended = 0;
        using var worker = new WorkerProcess(Engine.Command, null, _ => { });
        await worker.Ready;
        await worker.Ask(new() { ["do"] = "prepare", ["code"] = code, ["file"] = "cell 1" });
        var clock = Stopwatch.StartNew();
        var reply = await worker.Ask(new() { ["do"] = "run", ["code"] = code, ["file"] = "cell 1" });
        ended = clock.ElapsedMilliseconds;
        Assert.Contains(why, reply["error"]!["evalue"]!.ToString(), StringComparison.Ordinal);
        // Timing decides no test but for an order of magnitude: nothing waits for a timeout.
        Assert.True(ended < 20_000, $"{ended} ms");
        CellFailure failure = Assert.Single(await Engine.Run(notebook));
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

    [Fact]
    public async Task An_endless_loop_is_interrupted_and_variables_stay()
    {
        List<string> said = [];
        using var worker = new WorkerProcess(Engine.Command, null, message => said.Add(message.ToJsonString()));
        Task<System.Text.Json.Nodes.JsonObject> Ask(string code) =>
            worker.Ask(new() { ["do"] = "run", ["code"] = code, ["file"] = "cell" });
        await Ask("int kept = 7;");
        Task<System.Text.Json.Nodes.JsonObject> endless = Ask("while (true) kept = 8;");
        await Task.Delay(300);
        worker.Interrupt();
        Assert.Equal(CellError.WasInterrupted, (string?)(await endless)["error"]!["ename"]);
        await Ask("kept");
        Assert.Contains("\"text/plain\":\"8\"", string.Concat(said), StringComparison.Ordinal);
    }
}
