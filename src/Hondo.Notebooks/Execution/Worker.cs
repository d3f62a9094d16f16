using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text.Json.Nodes;
using Hondo.Tensors;

namespace Hondo.Notebooks;

/// <summary>
/// The process in which cells run: it reads requests from a pipe and writes outputs to another, one JSON object a line.
/// It ends with the process that started it, whatever its cells do.
/// </summary>
public static class Worker
{
    const string WarmUp = """
        record Warm(int Number);
        var warm = Enumerable.Range(1, 3).Select(i => new Warm(i)).Where(one => one.Number > 1).ToList();
        string Text(int x) => $"{x}";
        warm.Count
        """;

    /// <summary>Serves until the other end of the pipe closes.</summary>
    /// <param name="requests">The handle of the pipe to read.</param>
    /// <param name="replies">The handle of the pipe to write.</param>
    /// <param name="isSpanish">True when Hondo's own words in outputs are Spanish, unless a notebook says otherwise.
    /// </param>
    public static int Run(string requests, string replies, bool isSpanish = false)
    {
        Spoken.IsSpanish = isSpanish;
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using var input = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, requests));
        using var channel = new WorkerChannel(new AnonymousPipeClientStream(PipeDirection.Out, replies));
        var work = new BlockingCollection<JsonObject>();
        new Thread(() => Read(input, work, channel)) { IsBackground = true, Name = "requests" }.Start();
        Console.SetOut(channel.Writer("stdout"));
        Console.SetError(channel.Writer("stderr"));
        Console.SetIn(channel.Reader);
        Cells.Sink = channel;
        new CellCompiler().Compile(WarmUp, "warm");
        channel.Send(new() { ["is"] = "ready" });
        var session = new CellSession();
        foreach (JsonObject request in work.GetConsumingEnumerable())
            if ((string?)request["do"] == "begin")
                session = Begin(request, channel);
            else
                Serve(request, session, channel);
        return 0;
    }

    // Another notebook: what the cells before it had made is not there any more, but the compiler is warm.
    static CellSession Begin(JsonObject request, WorkerChannel channel)
    {
        if ((string?)request["folder"] is { Length: > 0 } folder)
            Directory.SetCurrentDirectory(folder);
        Spoken.IsSpanish = (bool?)request["spanish"] ?? Spoken.IsSpanish;
        channel.Send(new() { ["is"] = "done" });
        return new();
    }

    static void Read(StreamReader input, BlockingCollection<JsonObject> work, WorkerChannel channel)
    {
        try
        {
            while (input.ReadLine() is { } line)
            {
                var request = (JsonObject)JsonNode.Parse(line)!;
                if ((string?)request["do"] == "interrupt")
                    Interrupts.Request();
                else if ((string?)request["do"] == "input")
                    channel.Reader.Give((string?)request["text"]);
                else
                {
                    // Here and not when it begins: an interrupt that comes while it waits is for it.
                    Interrupts.Clear();
                    work.Add(request);
                }
            }
        }
        finally
        {
            // Whatever a cell is busy with: nobody waits for it any more.
            Process.GetCurrentProcess().Kill();
        }
    }

    static void Serve(JsonObject request, CellSession session, WorkerChannel channel)
    {
        var reply = new JsonObject { ["is"] = "done" };
        string code = (string?)request["code"] ?? "";
        channel.Begin();
        try
        {
            switch ((string?)request["do"])
            {
                case "prepare":
                    session.Prepare(code, (string?)request["file"] ?? "");
                    break;
                case "run":
                    Execute(request, session, code, channel);
                    break;
                default:
                    reply["answer"] = new CellHelp(session.Compiler).Answer((string?)request["do"] ?? "", code,
                        (int?)request["at"] ?? 0);
                    break;
            }
        }
        catch (CellException failure)
        {
            reply["error"] = OutputNode.Error(Spoken.Error(failure.Error));
            reply["line"] = failure.Error.Line;
        }
        channel.Send(reply);
    }

    static void Execute(JsonObject request, CellSession session, string code, WorkerChannel channel)
    {
        try
        {
            MimeBundle? value = session.Run(code, (string?)request["file"] ?? "",
                onStart: () => channel.Send(new() { ["is"] = "started" }));
            if (value is not null)
                channel.SendOutput(OutputNode.Result(value, (int?)request["count"] ?? 1));
        }
        finally
        {
            channel.Flush();
        }
    }
}
