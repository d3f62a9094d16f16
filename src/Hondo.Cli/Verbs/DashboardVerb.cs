using System.CommandLine;
using System.Net;
using Hondo.Dashboard;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo dashboard [RUNS]</c>: runs live in the browser, and a playground, until Ctrl-C.</summary>
static class DashboardVerb
{
    public static Command Command(Terminal terminal)
    {
        var runs = new Argument<string>("RUNS")
        {
            Description = "the folder of the run folders, or one of them; runs",
            DefaultValueFactory = _ => "runs",
        };
        Option<int> port = NumberOption.Of("--port", "N", "the port; a free one", 0, "a whole number from 0 to 65535",
            (int number) => number is >= 0 and <= 65535);
        var host = new Option<string>("--host")
        {
            Description = "the address to listen on; 127.0.0.1. Any but this machine's own needs --token",
            HelpName = "ADDRESS",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var token = new Option<string?>("--token")
        {
            Description = $"the secret in the address, {DashboardOptions.LeastTokenLength} letters or more; random",
            HelpName = "TEXT",
        };
        var command = new Command("dashboard", "Watch and steer trainings in the browser, and play with a network.")
        {
            runs, port, host, token,
        };
        command.SetAction(parsed => Run(new(parsed.GetValue(runs)!)
        {
            Port = parsed.GetValue(port),
            Address = AddressOf(parsed.GetValue(host)!),
            Token = parsed.GetValue(token),
        }, terminal));
        return command;
    }

    static IPAddress AddressOf(string host) => host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) ? address
        : throw new UsageException($"hondo dashboard: --host '{host}' is no address. Write it as 127.0.0.1.");

    static int Run(DashboardOptions options, Terminal terminal)
    {
        using var interruption = new Interruption(terminal.Stop);
        DashboardServer server = Start(options);
        terminal.Out.WriteLine($"Open {server.Address}");
        terminal.Out.WriteLine("Ctrl-C ends it.");
        terminal.Out.Flush();
        interruption.Token.WaitHandle.WaitOne();
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return interruption.ExitCode;
    }

    static DashboardServer Start(DashboardOptions options)
    {
        try
        {
            return DashboardPlace.Start(options);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"hondo dashboard: {error.Message}", error);
        }
    }
}
