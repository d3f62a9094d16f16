using System.Net;
using Hondo.Dashboard.Runs;
using Hondo.Dashboard.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hondo.Dashboard;

/// <summary>
/// Shows trainings live in a browser, lets a person steer them, and offers a playground. It reads run folders only: the
/// trainings may run in this process or in others.
/// </summary>
public sealed class DashboardServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly RunStore _runs;
    readonly CancellationTokenSource _ending;

    DashboardServer(WebApplication app, RunStore runs, CancellationTokenSource ending, Uri address) =>
        (_app, _runs, _ending, Address) = (app, runs, ending, address);

    /// <summary>The address to open, with its secret token.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="ArgumentException">What is asked for is not safe.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DashboardServer> StartAsync(DashboardOptions options,
        CancellationToken cancellation = default)
    {
        options.Check();
        string token = options.Token ?? AccessControl.Secret();
        var runs = new RunStore(options.Runs);
        var ending = new CancellationTokenSource();
        // Empty: no environment variable and no settings file can open another port or another way in.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Limits.Set(kestrel.Limits);
            kestrel.Listen(options.Address, options.Port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        WebApplication app = builder.Build();
        var door = new AccessControl(token);
        var routes = new Routes(runs, new(options.Studies, options.StartWorker), ending.Token);
        app.Use(next => context => door.Pass(context, next));
        app.Run(routes.AnswerAsync);
        await app.StartAsync(cancellation);
        return new(app, runs, ending, AddressOf(app, token));
    }

    /// <summary>Shows a run of this process, and hands its commands over without the disk.</summary>
    /// <param name="folder">Its run folder.</param>
    /// <param name="steering">Takes the commands.</param>
    public void Watch(string folder, Steering steering) => _runs.Watch(folder, steering);

    /// <summary>Ends the live views and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _ending.Dispose();
    }

    static Uri AddressOf(WebApplication app, string token)
    {
        string bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First();
        var uri = new Uri(bound);
        // Listening everywhere is not an address to open.
        string host = IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address)
            && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)) ? Dns.GetHostName() : uri.Host;
        return new($"http://{host}:{uri.Port}/?token={token}");
    }
}
