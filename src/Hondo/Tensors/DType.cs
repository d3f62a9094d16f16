namespace Hondo.Tensors;

/// <summary>The type of a tensor's numbers.</summary>
public enum DType : byte
{
    /// <summary>IEEE single precision: the type of all training.</summary>
    Float32,

    /// <summary>IEEE double precision: the type of gradient checks.</summary>
    Float64,

    /// <summary>32-bit whole numbers: labels, tokens, indices. They carry no gradient.</summary>
    Int32,
}

/// <summary>Facts about a <see cref="DType"/>.</summary>
public static class DTypeFacts
{
    extension(DType type)
    {
        /// <summary>Bytes of one number.</summary>
        public int Size => type == DType.Float64 ? 8 : 4;

        /// <summary>True for Float32 and Float64: only these have gradients.</summary>
        public bool IsFloating => type != DType.Int32;
    }

    /// <summary>The DType of a C# number type.</summary>
    /// <exception cref="NotSupportedException">T is none of float, double and int.</exception>
    public static DType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32
        : typeof(T) == typeof(double) ? DType.Float64
        : typeof(T) == typeof(int) ? DType.Int32
        : throw new NotSupportedException(
            $"A tensor holds float, double or int, not {typeof(T).Name}. Convert the values first.");
}
