namespace Hondo.Tensors;

/// <summary>Numbers with a shape, and where their gradient goes.</summary>
abstract class Node(Shape shape, DType type, bool needsGradient, Tape? tape)
{
    public Shape Shape { get; } = shape;

    public DType Type { get; } = type;

    public bool NeedsGradient { get; } = needsGradient;

    /// <summary>The tape that reuses this node's memory, or null when the memory is this node's own.</summary>
    public Tape? Tape { get; } = tape;

    public Block Value { get; set; }

    public Block Gradient { get; set; }

    /// <summary>True when <see cref="Gradient"/> still holds this node's gradient after Backward.</summary>
    public bool KeepsGradient { get; set; }

    /// <summary>The path of the layer that made this node, for errors and diagnosis.</summary>
    public string? LayerPath { get; init; }

    public abstract string Name { get; }

    public abstract ReadOnlySpan<Node> Inputs { get; }
}
