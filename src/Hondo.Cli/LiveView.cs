using Hondo.Dashboard;

namespace Hondo.Cli;

/// <summary>The dashboard of a training of this process, for as long as it runs.</summary>
sealed class LiveView : IDisposable
{
    readonly DashboardServer _server;

    LiveView(DashboardServer server) => _server = server;

    /// <summary>Starts it and says where.</summary>
    public static LiveView Of(RunFolder folder, Steering steering, Terminal terminal)
    {
        string runs = Path.GetDirectoryName(Path.GetFullPath(folder.Path)) ?? folder.Path;
        DashboardServer server = DashboardServer.StartAsync(new(runs)).GetAwaiter().GetResult();
        server.Watch(folder.Path, steering);
        terminal.Error.WriteLine($"Watch and steer it at {server.Address}");
        return new(server);
    }

    public void Dispose() => _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
