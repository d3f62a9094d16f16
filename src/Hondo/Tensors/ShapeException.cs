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

/// <summary>The path of the layer that is running on this thread, so that what it records can name it.</summary>
static class LayerScope
{
    [ThreadStatic] static string? _path;

    public static string? Path
    {
        get => _path;
        set => _path = value;
    }
}
