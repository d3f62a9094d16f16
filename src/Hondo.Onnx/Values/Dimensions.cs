namespace Hondo.Onnx.Values;

/// <summary>Arithmetic of shapes of any number of axes.</summary>
static class Dimensions
{
    /// <summary>The most numbers that a tensor may have: 2 GB of float32.</summary>
    public const int Most = 1 << 29;

    /// <summary>How many numbers a shape has.</summary>
    /// <exception cref="OnnxException">Too many, or an axis below 0.</exception>
    public static int Product(ReadOnlySpan<int> dims)
    {
        long product = 1;
        foreach (int dim in dims)
            product = dim < 0
                ? throw new OnnxException($"An axis cannot be {dim} long: [{string.Join(", ", dims.ToArray())}].")
                : Math.Min(product * dim, long.MaxValue >> 32);
        return product <= Most ? (int)product : throw new OnnxException(
            $"A tensor of shape [{string.Join(", ", dims.ToArray())}] would have more than {Most} numbers.");
    }

    /// <summary>An axis counted from the front.</summary>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw new OnnxException($"Axis {axis} does not exist: there are {rank}.");

    /// <summary>Steps from one number to the next along each axis.</summary>
    public static int[] Strides(ReadOnlySpan<int> dims)
    {
        var strides = new int[dims.Length];
        int step = 1;
        for (int i = dims.Length - 1; i >= 0; i--)
        {
            strides[i] = step;
            step *= dims[i];
        }
        return strides;
    }

    /// <summary>The shape that both can be repeated to.</summary>
    public static int[] Broadcast(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var dims = new int[Math.Max(a.Length, b.Length)];
        for (int i = 1; i <= dims.Length; i++)
        {
            int x = i <= a.Length ? a[^i] : 1, y = i <= b.Length ? b[^i] : 1;
            dims[^i] = x == y || y == 1 ? x : x == 1 ? y : throw new OnnxException(
                $"[{string.Join(", ", a.ToArray())}] and [{string.Join(", ", b.ToArray())}] do not broadcast.");
        }
        return dims;
    }

    /// <summary>For every number of the larger shape, its place in the smaller one that is repeated to it.</summary>
    public static int[] BroadcastPlaces(ReadOnlySpan<int> small, ReadOnlySpan<int> large)
    {
        int[] strides = new int[large.Length], own = Strides(small);
        int lead = large.Length - small.Length;
        for (int i = 0; i < small.Length; i++)
            strides[lead + i] = small[i] == 1 ? 0 : own[i];
        return Places(large, strides, 0);
    }

    /// <summary>For every number of a shape, start + Σ index · stride.</summary>
    public static int[] Places(ReadOnlySpan<int> dims, ReadOnlySpan<int> strides, int start)
    {
        var places = new int[Product(dims)];
        var index = new int[dims.Length];
        int place = start;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = place;
            for (int axis = dims.Length - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < dims[axis])
                    break;
                place -= strides[axis] * dims[axis];
                index[axis] = 0;
            }
        }
        return places;
    }
}
