namespace Hondo.Tensors;

/// <summary>
/// A person's wish to stop what runs, as Ctrl-C is: the next step that opens on any tape ends with an
/// <see cref="OperationCanceledException"/>, a training as if its token had been cancelled. Between steps nothing is
/// half
/// done, so what comes after computes the same bits as ever.
/// </summary>
public static class Interrupts
{
    static volatile bool _isRequested;

    /// <summary>True from <see cref="Request"/> to <see cref="Clear"/>.</summary>
    public static bool IsRequested => _isRequested;

    /// <summary>Asks for the end of what runs.</summary>
    public static void Request() => _isRequested = true;

    /// <summary>Before something new begins.</summary>
    public static void Clear() => _isRequested = false;

    /// <summary>For loops that run long without a step.</summary>
    /// <exception cref="OperationCanceledException">The end was asked for.</exception>
    public static void Check()
    {
        if (_isRequested)
            throw new OperationCanceledException("interrupted");
    }
}
