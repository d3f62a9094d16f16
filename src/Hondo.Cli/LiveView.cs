using System.Runtime.CompilerServices;
using Hondo.Dashboard;

namespace Hondo.Cli;

/// <summary>The dashboard of a training of this process, until Ctrl-C.</summary>
sealed class LiveView : IDisposable
{
    readonly DashboardServer _server;

    LiveView(DashboardServer server) => _server = server;

    /// <summary>Starts it and says where.</summary>
    public static LiveView Of(RunFolder folder, Steering steering, TextWriter writer)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw ManagedVerbs.Refused("train --dashboard");
        string runs = Path.GetDirectoryName(Path.GetFullPath(folder.Path)) ?? folder.Path;
        DashboardServer server = DashboardPlace.Start(new(runs));
        server.Watch(folder.Path, steering);
        writer.WriteLine($"Watch and steer it at {server.Address}");
        return new(server);
    }

    /// <summary>Serves on after the end: whoever watches wants to look at it, and open the report.</summary>
    /// <param name="headline">What came of it, <c>dev accuracy 0.9880</c>.</param>
    /// <param name="writer">Where that is told.</param>
    /// <param name="stop">Ends it.</param>
    public void ServeOn(string headline, TextWriter writer, CancellationToken stop)
    {
        writer.WriteLine($"finished: {headline}; open the report at {_server.Address} (Ctrl-C ends the dashboard)");
        writer.Flush();
        stop.WaitHandle.WaitOne();
    }

    public void Dispose()
    {
        // A native program has no server in it: without the question it would.
        if (RuntimeFeature.IsDynamicCodeSupported)
            _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
