using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Windows that slide over the axes behind batch and channels: of convolutions and poolings.</summary>
sealed class Windows
{
    Windows(int[] input, int[] kernel, int[] strides, int[] dilations, int[] before, int[] after, int[] output) =>
        (Input, Kernel, Strides, Dilations, Before, After, Output) =
            (input, kernel, strides, dilations, before, after, output);

    public int[] Input { get; }

    public int[] Kernel { get; }

    public int[] Strides { get; }

    public int[] Dilations { get; }

    public int[] Before { get; }

    public int[] After { get; }

    public int[] Output { get; }

    /// <summary>The same windows of an image of one line.</summary>
    public Windows AsLine() => new([1, .. Input], [1, .. Kernel], [1, .. Strides], [1, .. Dilations], [0, .. Before],
        [0, .. After], [1, .. Output]);

    /// <summary>The windows of a node.</summary>
    /// <param name="node">Its attributes tell strides, dilations and pads.</param>
    /// <param name="input">The lengths of the axes.</param>
    /// <param name="kernel">The sizes of a window.</param>
    public static Windows Of(Node node, ReadOnlySpan<int> input, int[] kernel)
    {
        int rank = input.Length;
        int[] strides = Each(node, "strides", rank, 1), dilations = Each(node, "dilations", rank, 1);
        int[] before = new int[rank], after = new int[rank], output = new int[rank];
        string auto = node.Text("auto_pad", "NOTSET");
        bool ceil = node.Int("ceil_mode", 0) != 0;
        long[]? pads = auto == "NOTSET" ? node.Ints("pads") : null;
        if (kernel.Length != rank || (pads is not null && pads.Length != 2 * rank))
            throw new OnnxException($"A window of [{string.Join(", ", kernel)}] with {pads?.Length ?? 0} pads does not "
                + $"fit {rank} axes.");
        for (int i = 0; i < rank; i++)
        {
            int reach = dilations[i] * (kernel[i] - 1) + 1;
            if (auto is "SAME_UPPER" or "SAME_LOWER")
            {
                output[i] = (input[i] + strides[i] - 1) / strides[i];
                int all = Math.Max(0, (output[i] - 1) * strides[i] + reach - input[i]);
                before[i] = auto == "SAME_UPPER" ? all / 2 : all - all / 2;
                after[i] = all - before[i];
                continue;
            }
            (before[i], after[i]) = pads is null ? (0, 0) : ((int)pads[i], (int)pads[i + rank]);
            int room = input[i] + before[i] + after[i] - reach;
            output[i] = room < 0 ? 0 : (ceil ? room + strides[i] - 1 : room) / strides[i] + 1;
            // A last window that would begin behind the input is none.
            if (ceil && (output[i] - 1) * strides[i] >= input[i] + before[i])
                output[i]--;
        }
        return new(input.ToArray(), kernel, strides, dilations, before, after, output);
    }

    /// <summary>A list of whole numbers from 1, one for each axis.</summary>
    public static int[] Each(Node node, string name, int rank, int usual)
    {
        long[]? given = node.Ints(name);
        if (given is not null && (given.Length != rank || given.Any(n => n is < 1 or > int.MaxValue)))
            throw new OnnxException($"Its {name}, [{string.Join(", ", given)}], must be {rank} numbers from 1.");
        return given is null ? [.. Enumerable.Repeat(usual, rank)] : [.. given.Select(n => (int)n)];
    }

    /// <summary>The kernel that a pooling node tells.</summary>
    public static int[] KernelOf(Call call) => Each(call.Node, "kernel_shape", call[0].Rank - 2, 1);

    /// <summary>Places that a window sees, one after the other, with their index in the kernel; of the input only.
    /// </summary>
    /// <param name="window">Which window.</param>
    public IEnumerable<(int Place, int Kernel)> Sees(int window)
    {
        int rank = Input.Length, count = Dimensions.Product(Kernel);
        int[] at = Unravel(window, Output), strides = Dimensions.Strides(Input);
        for (int k = 0; k < count; k++)
        {
            int[] offset = Unravel(k, Kernel);
            int place = 0;
            for (int i = 0; i < rank && place >= 0; i++)
            {
                int x = at[i] * Strides[i] - Before[i] + offset[i] * Dilations[i];
                place = x >= 0 && x < Input[i] ? place + x * strides[i] : -1;
            }
            if (place >= 0)
                yield return (place, k);
        }
    }

    /// <summary>How many places of a window lie in the input or its padding.</summary>
    public int Covered(int window)
    {
        int[] at = Unravel(window, Output);
        int count = 1;
        for (int i = 0; i < at.Length; i++)
        {
            int start = at[i] * Strides[i], end = Input[i] + Before[i] + After[i], dilation = Dilations[i];
            count *= Enumerable.Range(0, Kernel[i]).Count(k => start + k * dilation < end);
        }
        return count;
    }

    /// <summary>The index on each axis of a place.</summary>
    public static int[] Unravel(int place, int[] dims)
    {
        var index = new int[dims.Length];
        for (int i = dims.Length - 1; i >= 0; i--)
            (place, index[i]) = (place / dims[i], place % dims[i]);
        return index;
    }
}
