namespace Hondo.Tensors;

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
