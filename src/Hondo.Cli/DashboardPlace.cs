using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hondo.Dashboard;
using Hondo.Data;

namespace Hondo.Cli;

/// <summary>
/// Where the dashboard of a folder was the last time, and its token: a page that is still open finds it again. The file
/// is the user's alone, in the cache.
/// </summary>
static class DashboardPlace
{
    /// <summary>Starts a dashboard, at its old address when nothing else was asked for and that is free.</summary>
    /// <exception cref="ArgumentException">What is asked for is not safe.</exception>
    public static DashboardServer Start(DashboardOptions options)
    {
        options = options with { StartWorker = StartWorker };
        if (options.Port != 0 || options.Token is not null)
            return DashboardServer.StartAsync(options).GetAwaiter().GetResult();
        string file = FileOf(options.Runs);
        if (Read(file) is var (port, token))
            try
            {
                return DashboardServer.StartAsync(options with { Port = port, Token = token }).GetAwaiter().GetResult();
            }
            catch (Exception error) when (error is IOException or ArgumentException)
            {
                // Another one is there now: this one goes elsewhere, and that one stays the one that is found.
                return DashboardServer.StartAsync(options).GetAwaiter().GetResult();
            }
        DashboardServer server = DashboardServer.StartAsync(options).GetAwaiter().GetResult();
        Write(file, server.Address);
        return server;
    }

    // Ctrl-C reaches it too, and it writes its checkpoint; who has died long ago is not waited for.
    static void StartWorker(string file, string name)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(DashboardPlace).Assembly.Location, "tune",
            "--study", file, "--name", name, "--quiet", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    static string FileOf(string runs) => Path.Combine(DataFolders.Cache, "dashboards", Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(runs))))[..16]);

    static (int Port, string Token)? Read(string file)
    {
        try
        {
            string[] lines = Encoding.UTF8.GetString(RunFile.Read(file, 1024)).Split('\n');
            return lines.Length >= 2 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out int port)
                && port is > 0 and < 65536 ? (port, lines[1].Trim()) : null;
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            return null;
        }
    }

    // Without a cache every start has a new address: that is all there is to lose.
    static void Write(string file, Uri address)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            stream.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"{address.Port}\n{address.Query["?token=".Length..]}\n")));
        }
        catch (Exception error) when (RunFile.IsOfTheFile(error))
        {
            return;
        }
    }
}
