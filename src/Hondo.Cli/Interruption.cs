using System.Runtime.InteropServices;

namespace Hondo.Cli;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancellation, so that the step ends and what was learned is saved. The
/// second ends the process at once.
/// </summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource _source = new();
    readonly PosixSignalRegistration[] _registrations;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
    ];

    public CancellationToken Token => _source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM, as shells count them; 0 before.</summary>
    public int ExitCode { get; private set; }

    void Stop(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        ExitCode = context.Signal == PosixSignal.SIGINT ? 130 : 143;
        _source.Cancel();
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }
}
