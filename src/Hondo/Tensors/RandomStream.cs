namespace Hondo.Tensors;

/// <summary>Turns a name into the number of its random stream (FNV-1a, 64 bits).</summary>
public static class RandomStream
{
    /// <summary>The stream of a name, e.g. a parameter's path.</summary>
    public static ulong Of(ReadOnlySpan<char> name)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in name)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
