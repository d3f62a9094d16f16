namespace Hondo.Tensors;

/// <summary>Shapes that do not fit. The message says what was being done, what was given, and how to mend it.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>An error with a message.</summary>
    public ShapeException(string message) : base(message) { }

    /// <summary>An error that adds where it happened to another.</summary>
    public ShapeException(string message, Exception inner) : base(message, inner) { }

    /// <summary>No message: prefer the others.</summary>
    public ShapeException() { }

    /// <summary>The path of the layer in which it happened, or null outside layers.</summary>
    public string? LayerPath { get; private init; }

    /// <summary>An op's operands that do not fit: <c>MatMul got [2, 3] and [4, 5]: rule</c>.</summary>
    public static ShapeException For<TOp>(ReadOnlySpan<Shape> operands, string rule) where TOp : IOp =>
        new($"{TOp.Name} got {string.Join(" and ", operands.ToArray())}: {rule}.");

    /// <summary>The same error, told with the path of the layer in which it happened.</summary>
    public ShapeException In(string layerPath) =>
        new($"{layerPath}: {Message}", this) { LayerPath = layerPath };
}

/// <summary>The layer that is running on this thread, so that what it records can name it.</summary>
/// <param name="Names">The names in the outermost model; what they are is the layers' business.</param>
/// <param name="Path">The path of the layer within that model; empty for the model itself.</param>
/// <param name="Label">The path as errors say it: the type of a layer that has none.</param>
readonly record struct LayerScope(object? Names, string? Path, string? Label)
{
    [ThreadStatic] static LayerScope _current;

    public static LayerScope Current
    {
        get => _current;
        set => _current = value;
    }
}
