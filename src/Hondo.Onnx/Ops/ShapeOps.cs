using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>The same numbers along other axes.</summary>
static class ShapeOps
{
    public static void AddTo(OpFamily family) => family
        .Add("Reshape", Reshape)
        .Add("Flatten", Flatten)
        .Add("Squeeze", Squeeze)
        .Add("Unsqueeze", Unsqueeze)
        .Add("Transpose", Transpose)
        .Add("Expand", Expand)
        .Add("Tile", Tile)
        .Add("Concat", call => Concat(call.All, call.Int("axis", 1)))
        .AddAll("Split", Split);

    static OnnxTensor Reshape(Call call)
    {
        OnnxTensor x = call[0];
        int[] dims = call[1].AsInts();
        bool keepsZero = call.Flag("allowzero");
        for (int i = 0; i < dims.Length; i++)
            if (dims[i] == 0 && !keepsZero)
                dims[i] = i < x.Rank ? x.Dims[i] : throw new OnnxException($"Axis {i} of the new shape is 0, which "
                    + $"copies axis {i} of {x.Describe()}: it has none.");
        int open = Array.IndexOf(dims, -1);
        if (open >= 0)
        {
            dims[open] = 1;
            int rest = Dimensions.Product(dims);
            dims[open] = rest == 0 ? 0 : x.Size / rest;
        }
        return x.Reshape(dims);
    }

    static OnnxTensor Flatten(Call call)
    {
        OnnxTensor x = call[0];
        long axis = call.Int("axis", 1);
        int split = axis == x.Rank ? x.Rank : Dimensions.Axis(axis, x.Rank);
        return x.Reshape(Dimensions.Product(x.Dims[..split]), Dimensions.Product(x.Dims[split..]));
    }

    static OnnxTensor Squeeze(Call call)
    {
        OnnxTensor x = call[0];
        HashSet<int>? axes = call.Integers(1)?.Select(a => Dimensions.Axis(a, x.Rank)).ToHashSet();
        List<int> dims = [];
        for (int i = 0; i < x.Rank; i++)
            if (axes is null ? x.Dims[i] != 1 : !axes.Contains(i))
                dims.Add(x.Dims[i]);
        return x.Reshape([.. dims]);
    }

    static OnnxTensor Unsqueeze(Call call)
    {
        OnnxTensor x = call[0];
        long[] axes = call[1].Integers;
        int rank = x.Rank + axes.Length;
        HashSet<int> added = [.. axes.Select(a => Dimensions.Axis(a, rank))];
        if (added.Count < axes.Length)
            throw new OnnxException($"Axes [{string.Join(", ", axes)}] name one twice.");
        int[] dims = new int[rank];
        int next = 0;
        for (int i = 0; i < rank; i++)
            dims[i] = added.Contains(i) ? 1 : x.Dims[next++];
        return x.Reshape(dims);
    }

    static OnnxTensor Transpose(Call call)
    {
        int rank = call[0].Rank;
        long[] order = call.Node.Ints("perm") ?? [.. Enumerable.Range(0, rank).Reverse().Select(i => (long)i)];
        return Transpose(call[0], [.. order.Select(axis => (int)axis)]);
    }

    /// <summary>Axes in another order.</summary>
    public static OnnxTensor Transpose(OnnxTensor x, params int[] order)
    {
        if (order.Length != x.Rank || order.Order().Where((axis, i) => axis != i).Any())
            throw new OnnxException($"The order [{string.Join(", ", order)}] does not name each axis of "
                + $"{x.Describe()} once.");
        int[] strides = Dimensions.Strides(x.Dims), dims = new int[x.Rank], turned = new int[x.Rank];
        for (int i = 0; i < order.Length; i++)
            (dims[i], turned[i]) = (x.Dims[order[i]], strides[order[i]]);
        return x.Take(dims, Dimensions.Places(dims, turned, 0));
    }

    static OnnxTensor Expand(Call call)
    {
        int[] dims = Dimensions.Broadcast(call[0].Dims, call[1].AsInts());
        return call[0].Take(dims, Dimensions.BroadcastPlaces(call[0].Dims, dims));
    }

    static OnnxTensor Tile(Call call)
    {
        OnnxTensor x = call[0];
        int[] times = call[1].AsInts(), strides = Dimensions.Strides(x.Dims), dims = new int[x.Rank];
        if (call.Opset < 6 && call.Count == 3)
        {
            int axis = (int)call[2].AsNumbers()[0], count = (int)call[1].AsNumbers()[0];
            times = [.. Enumerable.Range(0, x.Rank).Select(i => i == axis ? count : 1)];
        }
        List<int> split = [], steps = [];
        for (int i = 0; i < x.Rank; i++)
        {
            dims[i] = checked(x.Dims[i] * times[i]);
            split.AddRange([times[i], x.Dims[i]]);
            steps.AddRange([0, strides[i]]);
        }
        _ = Dimensions.Product(dims);
        return x.Take(dims, Dimensions.Places(split.ToArray(), steps.ToArray(), 0));
    }

    /// <summary>Side by side along an axis.</summary>
    public static OnnxTensor Concat(IReadOnlyList<OnnxTensor> parts, long axis)
    {
        if (parts.Count == 0)
            throw new OnnxException("There is nothing to lay side by side.");
        OnnxTensor first = parts[0];
        int at = Dimensions.Axis(axis, first.Rank);
        int[] dims = first.Dims.ToArray();
        dims[at] = parts.Sum(p => p.Dims[at]);
        foreach (OnnxTensor part in parts)
            if (part.Type != first.Type || part.Rank != first.Rank || !part.Dims[..at].SequenceEqual(first.Dims[..at])
                || !part.Dims[(at + 1)..].SequenceEqual(first.Dims[(at + 1)..]))
                throw new OnnxException($"{first.Describe()} and {part.Describe()} cannot lie side by side along axis "
                    + $"{at}.");
        return OnnxTensor.Interleave(parts, dims, Dimensions.Product(dims.AsSpan(0, at)));
    }

    static OnnxValue?[] Split(Call call)
    {
        OnnxTensor x = call[0];
        int axis = Dimensions.Axis(call.Int("axis", 0), x.Rank), length = x.Dims[axis];
        int count = (int)call.Int("num_outputs", call.Node.Outputs.Count);
        int[] sizes = call.Maybe(1)?.AsInts() ?? Even(length, count);
        return [.. Split(x, axis, sizes)];
    }

    /// <summary>All of one size, but the last, which takes what is left.</summary>
    public static int[] Even(int length, int count)
    {
        int size = (length + count - 1) / count;
        return [.. Enumerable.Range(0, count).Select(i => Math.Clamp(length - i * size, 0, size))];
    }

    /// <summary>Parts of some sizes along an axis.</summary>
    public static IEnumerable<OnnxTensor> Split(OnnxTensor x, int axis, int[] sizes)
    {
        if (sizes.Sum() != x.Dims[axis])
            throw new OnnxException($"Parts of [{string.Join(", ", sizes)}] do not make up axis {axis} of "
                + $"{x.Describe()}.");
        int start = 0;
        foreach (int size in sizes)
        {
            yield return Part(x, axis, start, size);
            start += size;
        }
    }

    /// <summary>A range of an axis.</summary>
    public static OnnxTensor Part(OnnxTensor x, int axis, int start, int length)
    {
        int[] dims = x.Dims.ToArray(), strides = Dimensions.Strides(x.Dims);
        dims[axis] = length;
        return x.Take(dims, Dimensions.Places(dims, strides, start * strides[axis]));
    }
}
