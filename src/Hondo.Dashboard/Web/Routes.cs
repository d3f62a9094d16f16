using System.Reflection;
using System.Text;
using Hondo.Dashboard.Playground;
using Hondo.Dashboard.Runs;
using Microsoft.AspNetCore.Http;

namespace Hondo.Dashboard.Web;

/// <summary>What there is behind the door: the page, the live stream, the steering wheel, the playground.</summary>
/// <param name="runs">The runs.</param>
/// <param name="studies">The studies.</param>
/// <param name="ending">Cancelled when the server ends.</param>
sealed class Routes(RunStore runs, StudyStore studies, CancellationToken ending)
{
    static readonly Dictionary<string, (string Type, byte[] Content)> Files = ReadFiles();

    readonly ConnectionLimit _streams = new(Limits.Streams), _games = new(PlaygroundSession.Most);

    /// <summary>Answers a request that the door let pass.</summary>
    public Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        bool isPost = context.Request.Method == HttpMethods.Post;
        string[] parts = path[1..].Split('/');
        return (isPost, parts) switch
        {
            (false, [""]) => FileAsync(context, "index.html"),
            (false, ["api", "stream"]) => StreamAsync(context),
            (false, ["api", "studies"]) => JsonAsync(context, studies.List()),
            (false, ["api", "studies", var id]) => JsonAsync(context, studies.Find(id)),
            (false, ["api", "runs", var id, "report"]) => ReportAsync(context, id),
            (true, ["api", "runs", var id, "steer"]) => SteerAsync(context, command => SteerRun(id, command)),
            (true, ["api", "studies", var id, "steer"]) => SteerAsync(context, command => studies.Steer(id,
                command)),
            (true, ["api", "playground"]) => PlayAsync(context),
            (false, [var name]) => FileAsync(context, name),
            _ => EndAsync(context, StatusCodes.Status404NotFound, "There is nothing here."),
        };
    }

    static async Task FileAsync(HttpContext context, string name)
    {
        if (!Files.TryGetValue(name, out (string Type, byte[] Content) file))
        {
            await EndAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");
            return;
        }
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Content.Length;
        await context.Response.Body.WriteAsync(file.Content, context.RequestAborted);
    }

    static Task JsonAsync(HttpContext context, string? text)
    {
        if (text is null)
            return EndAsync(context, StatusCodes.Status404NotFound, "There is no such study.");
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    async Task StreamAsync(HttpContext context)
    {
        if (!_streams.TryTake())
        {
            await EndAsync(context, StatusCodes.Status429TooManyRequests, $"{Limits.Streams} views are open already.");
            return;
        }
        try
        {
            string[] ids = context.Request.Query["runs"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries);
            context.Response.ContentType = "text/event-stream";
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
            await new LiveStream(runs, ids).RunAsync(context.Response.Body, either.Token);
            // What nobody read would keep the connection.
            context.Abort();
        }
        finally
        {
            _streams.Leave();
        }
    }

    // No script runs in it, and it stands apart, as if it came from nowhere.
    async Task ReportAsync(HttpContext context, string id)
    {
        string? report = runs.Find(id)?.FileOf("report.html");
        if (report is null)
        {
            await EndAsync(context, StatusCodes.Status404NotFound, "This run has no report.");
            return;
        }
        try
        {
            // A pipe would never be sent to its end.
            RunFile.Open(report).Dispose();
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            await EndAsync(context, StatusCodes.Status404NotFound, $"The report cannot be read: {error.Message}.");
            return;
        }
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; "
            + "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.SendFileAsync(report, context.RequestAborted);
    }

    static async Task SteerAsync(HttpContext context, Func<string, bool> steer)
    {
        try
        {
            bool isThere = steer(await BodyAsync(context));
            await EndAsync(context, isThere ? StatusCodes.Status202Accepted : StatusCodes.Status404NotFound,
                isThere ? "It is told." : "There is no such run, and no such study.");
        }
        catch (FormatException error)
        {
            await EndAsync(context, StatusCodes.Status400BadRequest, error.Message);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException
            && error is not BadHttpRequestException)
        {
            await EndAsync(context, StatusCodes.Status409Conflict, error.Message);
        }
    }

    bool SteerRun(string id, string command)
    {
        if (runs.Find(id) is not { } run)
            return false;
        run.Steer(SteeringCommand.Parse(command));
        return true;
    }

    async Task PlayAsync(HttpContext context)
    {
        if (!_games.TryTake())
        {
            await EndAsync(context, StatusCodes.Status429TooManyRequests,
                $"{PlaygroundSession.Most} networks learn already.");
            return;
        }
        try
        {
            var game = new PlaygroundSession(PlaygroundOptions.Parse(await BodyAsync(context)));
            context.Response.ContentType = "application/x-ndjson";
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, ending);
            if (!await game.RunAsync(context.Response.Body, either.Token))
                context.Abort();
        }
        catch (FormatException error)
        {
            await EndAsync(context, StatusCodes.Status400BadRequest, error.Message);
        }
        finally
        {
            _games.Leave();
        }
    }

    static async Task<string> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8, false, leaveOpen: true);
        return await reader.ReadToEndAsync(context.RequestAborted);
    }

    static Task EndAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        // The page asks in the language that it speaks.
        bool isSpanish = context.Request.Headers.AcceptLanguage.ToString().StartsWith("es", StringComparison.Ordinal);
        return context.Response.WriteAsync((isSpanish ? SpanishText.OrEnglish(message) : message) + "\n",
            context.RequestAborted);
    }

    static Dictionary<string, (string, byte[])> ReadFiles()
    {
        Assembly assembly = typeof(Routes).Assembly;
        Dictionary<string, (string, byte[])> files = [];
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using Stream stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            string type = Path.GetExtension(name) switch
            {
                ".html" => "text/html",
                ".js" => "text/javascript",
                ".css" => "text/css",
                _ => "image/svg+xml",
            };
            files.Add(name["Page.".Length..], ($"{type}; charset=utf-8", content));
        }
        return files;
    }
}
