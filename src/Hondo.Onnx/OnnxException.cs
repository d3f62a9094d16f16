namespace Hondo.Onnx;

/// <summary>
/// An ONNX file that cannot be read or run: the message says which node or tensor, what was found and what would help.
/// </summary>
public class OnnxException : FormatException
{
    /// <summary>An error with its message.</summary>
    public OnnxException(string message) : base(message) { }

    /// <summary>An error with its message and cause.</summary>
    public OnnxException(string message, Exception inner) : base(message, inner) { }

    /// <summary>An error without a message.</summary>
    public OnnxException() { }
}

/// <summary>An operator, type or form of an operator that Hondo does not know: nothing was computed.</summary>
public sealed class OnnxNotSupportedException : OnnxException
{
    /// <summary>An error with its message.</summary>
    public OnnxNotSupportedException(string message) : base(message) { }

    /// <summary>An error with its message and cause.</summary>
    public OnnxNotSupportedException(string message, Exception inner) : base(message, inner) { }

    /// <summary>An error without a message.</summary>
    public OnnxNotSupportedException() { }
}
