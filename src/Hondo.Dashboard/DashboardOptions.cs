using System.Net;

namespace Hondo.Dashboard;

/// <summary>How a dashboard is served.</summary>
/// <param name="Runs">The folder that holds the run folders, or one run folder.</param>
public sealed record DashboardOptions(string Runs)
{
    /// <summary>A shorter token could be guessed.</summary>
    public const int LeastTokenLength = 16;

    /// <summary>Where it listens: this machine only, unless <see cref="Token"/> is given.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The folder that holds the study files of <c>hondo tune</c>.</summary>
    public string Studies { get; init; } = "studies";

    /// <summary>
    /// Starts a worker for a study, by its file and its name; without it the page can stop a search but not start one.
    /// </summary>
    public Action<string, string>? StartWorker { get; init; }

    /// <summary>The port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The secret in the address that lets a browser in; random when null.</summary>
    public string? Token { get; init; }

    /// <summary>Checks that what is asked for is safe.</summary>
    /// <exception cref="ArgumentException">It is not; the message says how to mend it.</exception>
    internal void Check()
    {
        if (Token is { } token && (token.Length < LeastTokenLength || !token.All(IsTokenLetter)))
            throw new ArgumentException($"A token has at least {LeastTokenLength} letters, digits, - or _: who guesses "
                + "it steers the trainings.");
        if (Token is null && !IPAddress.IsLoopback(Address))
            throw new ArgumentException($"The dashboard would listen on {Address}, where others can reach it. Choose a "
                + "token yourself (--token), and know that it travels unencrypted; or keep to 127.0.0.1 and reach it "
                + "from afar through ssh -L.");
        if (Port is < 0 or > ushort.MaxValue)
            throw new ArgumentException($"A port is a number from 0 to {ushort.MaxValue}, but got {Port}.");
    }

    static bool IsTokenLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_';
}
