using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Parts of a tensor, and what lies around it.</summary>
static class SliceOps
{
    public static void AddTo(OpFamily family) => family
        .Add("Slice", Slice)
        .Add("Pad", Pad)
        .Add("Trilu", Trilu)
        .Add("DepthToSpace", DepthToSpace)
        .Add("SpaceToDepth", SpaceToDepth)
        .Add("CenterCropPad", CenterCropPad)
        .Add("ReverseSequence", ReverseSequence);

    static OnnxTensor Slice(Call call)
    {
        OnnxTensor x = call[0];
        long[] starts = call[1].Integers, ends = call[2].Integers;
        long[] axes = call.Integers(3) ?? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)];
        long[]? steps = call.Integers(4);
        int[] dims = x.Dims.ToArray(), strides = Dimensions.Strides(x.Dims);
        int first = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = Dimensions.Axis(axes[i], x.Rank);
            long step = steps?[i] ?? 1, length = x.Dims[axis];
            if (step == 0)
                throw new OnnxException("A step of 0 goes nowhere.");
            long low = step > 0 ? 0 : -1, high = step > 0 ? length : length - 1;
            long start = Math.Clamp(starts[i] < 0 ? Add(starts[i], length) : starts[i], step > 0 ? 0 : low, high);
            long end = Math.Clamp(ends[i] < 0 ? Add(ends[i], length) : ends[i], low, high);
            dims[axis] = (int)Math.Max(0,
                step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
            first += (int)start * strides[axis];
            strides[axis] = (int)(strides[axis] * Math.Clamp(step, -length - 1, length + 1));
        }
        return x.Take(dims, Dimensions.Places(dims, strides, first));
    }

    static long Add(long negative, long length) => negative < -length ? -1 : negative + length;

    static OnnxTensor Pad(Call call)
    {
        OnnxTensor x = call[0];
        long[] pads = call[1].Integers;
        int[] axes = call.Integers(3)?.Select(a => Dimensions.Axis(a, x.Rank)).ToArray()
            ?? [.. Enumerable.Range(0, x.Rank)];
        if (pads.Length != 2 * axes.Length)
            throw new OnnxException($"{pads.Length} pads do not fit {axes.Length} axes: two are needed for each.");
        int[] before = new int[x.Rank], after = new int[x.Rank];
        for (int i = 0; i < axes.Length; i++)
            (before[axes[i]], after[axes[i]]) = ((int)pads[i], (int)pads[i + axes.Length]);
        OnnxTensor? value = call.Maybe(2);
        if (value is not null && value.Type != x.Type)
            value = CastOps.Convert(value, x.Type);
        return Pad(x, before, after, call.Node.Text("mode", "constant"), value);
    }

    /// <summary>More at the ends of the axes, or less.</summary>
    public static OnnxTensor Pad(OnnxTensor x, int[] before, int[] after, string mode = "constant",
        OnnxTensor? value = null)
    {
        int[] dims = new int[x.Rank], strides = Dimensions.Strides(x.Dims);
        for (int i = 0; i < dims.Length; i++)
            dims[i] = checked(x.Dims[i] + before[i] + after[i]);
        // Before any memory: a shape may be hostile.
        if (Dimensions.Product(dims) == 0)
            return x.Take(dims, []);
        var sources = new int[x.Rank][];
        for (int i = 0; i < dims.Length; i++)
        {
            sources[i] = new int[Math.Max(0, dims[i])];
            for (int j = 0; j < sources[i].Length; j++)
                sources[i][j] = Source(j - before[i], x.Dims[i], mode);
        }
        var places = new int[Dimensions.Product(dims)];
        var index = new int[dims.Length];
        for (int p = 0; p < places.Length; p++)
        {
            int place = 0;
            for (int i = 0; i < dims.Length && place >= 0; i++)
                place = sources[i][index[i]] is var source && source < 0 ? -1 : place + source * strides[i];
            places[p] = place;
            for (int i = dims.Length - 1; i >= 0 && ++index[i] == dims[i]; i--)
                index[i] = 0;
        }
        return x.Take(dims, places, value);
    }

    static int Source(int i, int length, string mode)
    {
        if (i >= 0 && i < length)
            return i;
        if (mode != "constant" && length == 0)
            throw new OnnxException("An axis without a number cannot be continued.");
        int turn = Math.Max(1, 2 * (length - 1));
        return mode switch
        {
            "constant" => -1,
            "edge" => Math.Clamp(i, 0, length - 1),
            "wrap" => (i % length + length) % length,
            "reflect" => (i % turn + turn) % turn is var j && j < length ? j : turn - j,
            _ => throw Call.Unknown($"padding of mode '{mode}'"),
        };
    }

    static OnnxTensor Trilu(Call call)
    {
        OnnxTensor x = call[0];
        int shift = (int)Math.Clamp(call.Integers(1)?[0] ?? 0, -x.Size - 1, x.Size + 1);
        bool upper = call.Flag("upper", true);
        int rows = x.Dims[^2], columns = x.Dims[^1];
        var places = new int[x.Size];
        for (int i = 0; i < places.Length; i++)
        {
            int over = i % columns - i / columns % rows - shift;
            places[i] = (upper ? over >= 0 : over <= 0) ? i : -1;
        }
        return x.Take(x.Dims.ToArray(), places);
    }

    static OnnxTensor DepthToSpace(Call call)
    {
        OnnxTensor x = call[0];
        int b = (int)call.Int("blocksize", 1), n = x.Dims[0], c = x.Dims[1] / (b * b), h = x.Dims[2], w = x.Dims[3];
        OnnxTensor blocks = call.Node.Text("mode", "DCR") == "DCR"
            ? ShapeOps.Transpose(x.Reshape(n, b, b, c, h, w), 0, 3, 4, 1, 5, 2)
            : ShapeOps.Transpose(x.Reshape(n, c, b, b, h, w), 0, 1, 4, 2, 5, 3);
        return blocks.Reshape(n, c, h * b, w * b);
    }

    static OnnxTensor SpaceToDepth(Call call)
    {
        OnnxTensor x = call[0];
        int b = (int)call.Int("blocksize", 1), n = x.Dims[0], c = x.Dims[1], h = x.Dims[2] / b, w = x.Dims[3] / b;
        return ShapeOps.Transpose(x.Reshape(n, c, h, b, w, b), 0, 3, 5, 1, 2, 4).Reshape(n, c * b * b, h, w);
    }

    static OnnxTensor CenterCropPad(Call call)
    {
        OnnxTensor x = call[0];
        int[] wanted = call[1].AsInts();
        int[] axes = call.Node.Ints("axes")?.Select(a => Dimensions.Axis(a, x.Rank)).ToArray()
            ?? [.. Enumerable.Range(0, x.Rank)];
        int[] before = new int[x.Rank], after = new int[x.Rank];
        for (int i = 0; i < axes.Length; i++)
        {
            int more = wanted[i] - x.Dims[axes[i]];
            before[axes[i]] = more >= 0 ? more / 2 : -(-more / 2);
            after[axes[i]] = more - before[axes[i]];
        }
        return Pad(x, before, after);
    }

    static OnnxTensor ReverseSequence(Call call)
    {
        OnnxTensor x = call[0];
        long[] lengths = call[1].Integers;
        int batch = (int)call.Int("batch_axis", 1), time = (int)call.Int("time_axis", 0);
        int[] strides = Dimensions.Strides(x.Dims), places = new int[x.Size];
        for (int i = 0; i < places.Length; i++)
        {
            int b = i / strides[batch] % x.Dims[batch], t = i / strides[time] % x.Dims[time];
            int source = t < lengths[b] ? (int)lengths[b] - 1 - t : t;
            places[i] = i + (source - t) * strides[time];
        }
        return x.Take(x.Dims.ToArray(), places);
    }
}
