using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Convolutions along any number of axes, and their transposes.</summary>
static class ConvolutionOps
{
    public static void AddTo(OpFamily family) => family
        .Add("Conv", call => Conv(call, call[0], call[1], call.Maybe(2)))
        .Add("ConvTranspose", ConvTranspose)
        .Add("Col2Im", Col2Im);

    /// <summary>A convolution of fractions.</summary>
    public static OnnxTensor Conv(Call call, OnnxTensor x, OnnxTensor w, OnnxTensor? bias)
    {
        int groups = (int)call.Int("group", 1), batch = x.Dims[0], inputs = x.Dims[1], outputs = w.Dims[0];
        if (x.Rank < 3 || w.Rank != x.Rank || w.Dims[1] * groups != inputs || outputs % groups != 0)
            throw new OnnxException($"Weights {w.Describe()} in {groups} groups do not fit {x.Describe()}.");
        var windows = Windows.Of(call.Node, x.Dims[2..], w.Dims[2..].ToArray());
        if (FloatKernels.CanConvolve(x, w, windows))
            return FloatKernels.Convolve(x, w, bias, windows, groups);
        OnnxTensor padded = SliceOps.Pad(x, [0, 0, .. windows.Before], [0, 0, .. windows.After]);
        int[] dims = padded.Dims[2..].ToArray(), strides = Dimensions.Strides(dims);
        int[] starts = Dimensions.Places(windows.Output, [.. strides.Zip(windows.Strides, (a, b) => a * b)], 0);
        int[] steps = Dimensions.Places(windows.Kernel, [.. strides.Zip(windows.Dilations, (a, b) => a * b)], 0);
        int size = Dimensions.Product(dims), area = starts.Length, perGroup = inputs / groups;
        double[] numbers = padded.Numbers, weights = w.Numbers, row = new double[area];
        var y = new double[Dimensions.Product([batch, outputs, area])];
        for (int n = 0; n < batch; n++)
            for (int c = 0; c < inputs; c++)
                for (int k = 0; k < steps.Length; k++)
                {
                    int from = (n * inputs + c) * size + steps[k], group = c / perGroup;
                    for (int i = 0; i < area; i++)
                        row[i] = numbers[from + starts[i]];
                    for (int o = group * (outputs / groups); o < (group + 1) * (outputs / groups); o++)
                        MatrixOps.AddScaled(weights[(o * perGroup + c % perGroup) * steps.Length + k], row,
                            y.AsSpan((n * outputs + o) * area, area));
                }
        AddBias(y, bias, outputs, area);
        return OnnxTensor.Of(x.Type, [batch, outputs, .. windows.Output], y);
    }

    static void AddBias(double[] y, OnnxTensor? bias, int channels, int area)
    {
        for (int i = 0; bias is not null && i < y.Length; i++)
            y[i] += bias.Numbers[i / area % channels];
    }

    static OnnxTensor ConvTranspose(Call call)
    {
        OnnxTensor x = call[0], w = call[1];
        int groups = (int)call.Int("group", 1), batch = x.Dims[0], inputs = x.Dims[1], outputs = w.Dims[1] * groups;
        if (x.Rank < 3 || w.Rank != x.Rank || w.Dims[0] != inputs || inputs % groups != 0)
            throw new OnnxException($"Weights {w.Describe()} in {groups} groups do not fit {x.Describe()}.");
        int rank = x.Rank - 2;
        int[] kernel = w.Dims[2..].ToArray(), strides = Windows.Each(call.Node, "strides", rank, 1);
        int[] dilations = Windows.Each(call.Node, "dilations", rank, 1);
        (int[] before, int[] output) = TransposedSizes(call, x.Dims[2..].ToArray(), kernel, strides, dilations);
        int[] places = TransposedPlaces(x.Dims[2..].ToArray(), kernel, strides, dilations, before, output);
        int area = Dimensions.Product(output);
        var y = new double[Dimensions.Product([batch, outputs, area])];
        for (int n = 0; n < batch; n++)
            for (int group = 0; group < groups; group++)
                Spread(x, w, y, places, n, group, inputs / groups, area);
        AddBias(y, call.Maybe(2), outputs, area);
        return OnnxTensor.Of(x.Type, [batch, outputs, .. output], y);
    }

    // Where each place of the kernel, then each input, adds to: -1 where that is outside.
    static int[] TransposedPlaces(int[] spatial, int[] kernel, int[] strides, int[] dilations, int[] before,
        int[] output)
    {
        int from = Dimensions.Product(spatial), count = Dimensions.Product(kernel);
        int[] outStrides = Dimensions.Strides(output), places = new int[Dimensions.Product([count, from])];
        for (int i = 0; i < places.Length; i++)
        {
            int[] at = Windows.Unravel(i % from, spatial), offset = Windows.Unravel(i / from, kernel);
            for (int a = 0; a < at.Length && places[i] >= 0; a++)
            {
                int target = at[a] * strides[a] + offset[a] * dilations[a] - before[a];
                places[i] = target >= 0 && target < output[a] ? places[i] + target * outStrides[a] : -1;
            }
        }
        return places;
    }

    // What every input of a group adds to every output at every place of the kernel is one product.
    static void Spread(OnnxTensor x, OnnxTensor w, double[] y, int[] places, int n, int group, int inputs, int area)
    {
        int from = Dimensions.Product(x.Dims[2..]), columns = w.Size / w.Dims[0], perGroup = w.Dims[1];
        OnnxTensor weights = ShapeOps.Part(w, 0, group * inputs, inputs).Reshape(inputs, columns);
        OnnxTensor part = ShapeOps.Part(ShapeOps.Part(x, 0, n, 1), 1, group * inputs, inputs).Reshape(inputs, from);
        double[] sums = MatrixOps.MatMul(ShapeOps.Transpose(weights, 1, 0), part).Numbers;
        int outputs = perGroup * (x.Dims[1] / inputs), kernel = columns / perGroup;
        for (int i = 0; i < sums.Length; i++)
            if (places[i / from % kernel * from + i % from] is >= 0 and var place)
                y[(n * outputs + group * perGroup + i / from / kernel) * area + place] += sums[i];
    }

    /// <summary>What is cut from the start of each axis, and how long it becomes.</summary>
    public static (int[] Before, int[] Output) TransposedSizes(Call call, int[] input, int[] kernel, int[] strides,
        int[] dilations)
    {
        int rank = input.Length;
        long[] more = call.Node.Ints("output_padding") ?? new long[rank];
        long[]? pads = call.Node.Ints("pads"), shape = call.Node.Ints("output_shape");
        string auto = call.Node.Text("auto_pad", "NOTSET");
        int[] before = new int[rank], output = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            int full = strides[i] * (input[i] - 1) + (int)more[i] + (kernel[i] - 1) * dilations[i] + 1;
            if (shape is not null || auto is "SAME_UPPER" or "SAME_LOWER")
            {
                output[i] = shape is not null ? (int)shape[shape.Length - rank + i] : input[i] * strides[i];
                int all = Math.Max(0, full - output[i]);
                before[i] = auto == "SAME_UPPER" ? all / 2 : all - all / 2;
                continue;
            }
            bool padded = pads is not null && auto == "NOTSET";
            before[i] = padded ? (int)pads![i] : 0;
            output[i] = full - before[i] - (padded ? (int)pads![i + rank] : 0);
        }
        return (before, output);
    }

    static OnnxTensor Col2Im(Call call)
    {
        OnnxTensor x = call[0];
        int[] image = call[1].AsInts(), block = call[2].AsInts();
        var windows = Windows.Of(call.Node, image, block);
        int places = Dimensions.Product(block), area = Dimensions.Product(image);
        int count = Dimensions.Product(windows.Output);
        int batch = x.Dims[0], channels = x.Dims[1] / places;
        var y = new double[Dimensions.Product([batch, channels, area])];
        for (int window = 0; window < count; window++)
            foreach ((int place, int k) in windows.Sees(window))
                for (int c = 0; c < batch * channels; c++)
                    y[c * area + place] += x.Numbers[(c * places + k) * count + window];
        return OnnxTensor.Of(x.Type, [batch, channels, .. image], y);
    }
}
