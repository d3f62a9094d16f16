using System.Runtime.InteropServices;

namespace Hondo.Cli;

/// <summary>
/// Turns the first Ctrl-C or SIGTERM into a cancellation, so that the step ends and what was learned is saved. The
/// second ends the process at once.
/// </summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource _source;
    readonly PosixSignalRegistration[] _registrations;

    /// <param name="stop">Another that ends it.</param>
    public Interruption(CancellationToken stop = default)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
    }

    public CancellationToken Token => _source.Token;

    /// <summary>130 after Ctrl-C, 143 after SIGTERM, as shells count them; 0 before.</summary>
    public int ExitCode { get; private set; }

    /// <summary>
    /// Does something that looks at no token, reading data say, and leaves it behind when the process is to end.
    /// </summary>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public T Run<T>(Func<T> act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning,
        TaskScheduler.Default).WaitAsync(Token).GetAwaiter().GetResult();

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
