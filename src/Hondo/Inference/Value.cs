using Hondo.Kernels;

namespace Hondo.Inference;

/// <summary>What a step of a plan leaves for later ones: images, or features as an image of one pixel.</summary>
sealed class Value(int height, int width, int channels)
{
    ImageBuffer? _buffer;

    public int Height => height;

    public int Width => width;

    public int Channels => channels;

    /// <summary>The widest border of zeros that a step wants to read.</summary>
    public int Border { get; set; }

    /// <summary>The last step that reads it.</summary>
    public int LastUse { get; set; }

    /// <summary>The step that makes it, or null for the input.</summary>
    public PlanStep? Maker { get; set; }

    public BorderedImages Images => new(height, width, channels, Border);

    /// <summary>Its memory.</summary>
    public ImageBuffer Buffer
    {
        get => _buffer ?? throw new InvalidOperationException("A plan reads a value that no step has made.");
        set => _buffer = value;
    }
}
