using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Onnx;
using Hondo.Onnx.Conformance;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo onnx info|export|import|check|test</c>: what an ONNX file holds, models out and in, whether one
/// can be run, how Hondo does in the standard's tests.</summary>
static class OnnxVerb
{
    public static Command Command(Terminal terminal) =>
        new("onnx", "ONNX files: what they hold, models out and in, and the standard's tests.")
    {
        Info(terminal),
        OnnxFilesVerb.Export(terminal),
        OnnxFilesVerb.Import(terminal),
        Check(terminal),
        Test(terminal),
    };

    static Command Info(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "an ONNX file" };
        var asJson = new Option<bool>("--json") { Description = "one JSON object" };
        var command = new Command("info", "Inputs, outputs, operators and weights of an ONNX file.") { file, asJson };
        command.SetAction(parsed =>
        {
            OnnxInfo info = OnnxInfo.Read(parsed.GetValue(file)!);
            if (parsed.GetValue(asJson))
                WriteJson(terminal, info);
            else
                Write(terminal.Out, info);
        });
        return command;
    }

    static void Write(TextWriter writer, OnnxInfo info)
    {
        List<string[]> rows = [["written by", info.Producer], ["format", $"IR {info.IrVersion}, operators "
            + string.Join(", ", info.Opsets.Select(o => $"{(o.Key.Length > 0 ? o.Key + " " : "")}{o.Value}"))]];
        rows.AddRange(info.Inputs.Select(input => (string[])["input", $"{input.Name}: {input.Type}"]));
        rows.AddRange(info.Outputs.Select(output => (string[])["output", $"{output.Name}: {output.Type}"]));
        rows.Add(["weights", $"{info.Parameters:N0} numbers"]);
        rows.Add(["operators", string.Join(", ", info.Operators.Select(op => $"{op.Key} {op.Value}"))]);
        rows.Add(["layers", info.Layers]);
        if (info.Unknown.Count > 0)
            rows.Add(["not known", string.Join(", ", info.Unknown)]);
        rows.AddRange(info.Metadata.Select(entry => (string[])[entry.Key, entry.Value]));
        TextTable.Write(writer, [.. rows.Select(row => row.Select(PlainText.Of).ToArray())]);
    }

    static void WriteJson(Terminal terminal, OnnxInfo info) => JsonLine.Write(terminal.Out, json =>
    {
        json.WriteString("producer", info.Producer);
        json.WriteNumber("irVersion", info.IrVersion);
        json.WriteNumber("parameters", info.Parameters);
        json.WriteString("layers", info.Layers);
        json.WriteStartObject("inputs");
        foreach ((string name, string type) in info.Inputs)
            json.WriteString(name, type);
        json.WriteEndObject();
        json.WriteStartObject("outputs");
        foreach ((string name, string type) in info.Outputs)
            json.WriteString(name, type);
        json.WriteEndObject();
        json.WriteStartObject("operators");
        foreach ((string name, int count) in info.Operators)
            json.WriteNumber(name, count);
        json.WriteEndObject();
        json.WriteStartArray("unknownOperators");
        foreach (string name in info.Unknown)
            json.WriteStringValue(name);
        json.WriteEndArray();
    });

    static Command Check(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "an ONNX file" };
        var axes = new Option<string[]>("--axis")
        {
            Description = "the length of an axis that has a name, for the trial; 1 when left out",
            HelpName = "NAME=N", AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("check", "Check an ONNX file: that Hondo knows its operators and that its nodes fit "
            + "each other, by a run on zeros.") { file, axes };
        command.SetAction(parsed =>
        {
            OnnxGraph graph = OnnxGraph.Load(parsed.GetValue(file)!);
            Dictionary<string, int> lengths = [];
            foreach (string axis in parsed.GetValue(axes) ?? [])
                lengths[axis.Split('=')[0]] = axis.Split('=') is [_, var text] && int.TryParse(text, out int length)
                    && length > 0 ? length : throw new UsageException($"hondo onnx check: --axis '{axis}' is not a "
                    + "name and a length. Write it as batch=2.");
            List<string[]> rows = [.. graph.Inputs.Select(input => (string[])["input", $"{input.Name}: {input.Type}"])];
            rows.AddRange(graph.Check(lengths).Select(output =>
                (string[])["output", $"{output.Name}: {output.Value}"]));
            TextTable.Write(terminal.Out, [.. rows.Select(row => row.Select(PlainText.Of).ToArray()), ["ok", "every "
                + "operator is known, and the nodes fit each other"]]);
        });
        return command;
    }

    static Command Test(Terminal terminal)
    {
        var folders = new Argument<string[]>("FOLDER")
        {
            Description = "folders of tests as the ONNX standard keeps them (model.onnx, test_data_set_0)",
            Arity = ArgumentArity.OneOrMore,
        };
        var lists =
            new Option<bool>("--list") { Description = "a line for every test, not only for those that failed" };
        var command =
            new Command("test", "Run the ONNX standard's own tests: passed, refused, wrong.") { folders, lists };
        command.SetAction(parsed => RunTests(parsed.GetValue(folders)!, parsed.GetValue(lists), terminal));
        return command;
    }

    static int RunTests(string[] folders, bool lists, Terminal terminal)
    {
        var counts = new int[Enum.GetValues<ConformanceOutcome>().Length];
        foreach (string test in folders.SelectMany(ConformanceTest.In))
        {
            ConformanceResult result = ConformanceTest.Run(test);
            counts[(int)result.Outcome]++;
            if (lists || result.Outcome == ConformanceOutcome.Wrong)
                terminal.Out.WriteLine(PlainText.Of($"{result.Outcome.ToString().ToLowerInvariant()} {result.Name} "
                    + result.Message).TrimEnd());
        }
        terminal.Out.WriteLine($"{counts[(int)ConformanceOutcome.Passed]} passed, "
            + $"{counts[(int)ConformanceOutcome.Refused]} refused, {counts[(int)ConformanceOutcome.Wrong]} wrong, "
            + $"{counts[(int)ConformanceOutcome.Random]} random (shapes and types agree), {counts.Sum()} in all");
        return counts[(int)ConformanceOutcome.Wrong] > 0 ? 1 : 0;
    }
}
