using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>
/// Ops that move numbers and change none. Where each comes from is found by running the evaluator's op on places in
/// place of numbers: so every form of an op has its gradient, without a line of its own.
/// </summary>
static class TapeMoves
{
    // Which inputs hold the numbers that are moved.
    static readonly Dictionary<string, int[]> Data = new()
    {
        ["Slice"] = [0], ["Pad"] = [0, 2], ["Trilu"] = [0], ["DepthToSpace"] = [0], ["SpaceToDepth"] = [0],
        ["CenterCropPad"] = [0], ["ReverseSequence"] = [0], ["GatherElements"] = [0], ["GatherND"] = [0],
        ["Compress"] = [0], ["ScatterElements"] = [0, 2], ["ScatterND"] = [0, 2], ["MaxUnpool"] = [0], ["Tile"] = [0],
        ["OneHot"] = [2],
    };

    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        foreach ((string name, int[] data) in Data)
            ops[name] = call => Reduces(call.Node) ? null : Move(call, data);
        ops["TopK"] = TopK;
    }

    static bool Reduces(Node node) => node.Text("reduction", "none") != "none";

    static OnnxValue?[] Move(TapeCall call, int[] data)
    {
        OnnxValue?[] values = [.. Enumerable.Range(0, call.Count).Select(i => data.Contains(i) || !call.Has(i)
            ? null : call.Constant(i))];
        List<Tensor> sources = [];
        int next = 1;
        foreach (int i in data.Where(call.Has))
        {
            TapeValue x = call[i];
            int[] dims = x.Dims;
            int size = Dimensions.Product(dims);
            values[i] = Counted(dims, next, size);
            next += size;
            sources.Add(x.InFile.Reshape([size]));
        }
        OnnxValue?[] places = OpTable.Find("", call.Node.Op)!(call.With(values));
        return [.. places.Select(output => output is null ? null
            : TapeValue.Of(Taken(sources, (OnnxTensor)output), call[data[0]].Type))];
    }

    static OnnxTensor Counted(int[] dims, int first, int size) => OnnxTensor.Of(ElementType.Int64, dims,
        [.. Enumerable.Range(first, size).Select(i => (long)i)]);

    /// <summary>The numbers at places that count from 1; place 0 is the number 0.</summary>
    static Tensor Taken(List<Tensor> sources, OnnxTensor places)
    {
        Tensor flat = Tensor.Concat(0, [Tensor.Zeros([1], sources[0].DType), .. sources]);
        return flat.IndexSelect(Tensor.Of(places.AsInts(), Shape.Create(places.Dims)), 0);
    }

    /// <summary>The numbers of a value at places in it, counted from 0; what has a place below has no number.</summary>
    public static Tensor Take(Tensor x, int[] places, int[] dims) => Taken([x.Reshape([x.Size])],
        OnnxTensor.Of(ElementType.Int64, dims, [.. places.Select(place => (long)Math.Max(0, place + 1))]));

    static OnnxValue?[] TopK(TapeCall call)
    {
        OnnxTensor x = call.Constant(0);
        OnnxValue?[] best = OpTable.Find("", "TopK")!(call.With([x, call.Constant(1)]));
        var indices = (OnnxTensor)best[1]!;
        int axis = Dimensions.Axis(call.Node.Int("axis", -1), x.Rank);
        return [TapeValue.Of(Take(call.Tensor(0), IndexOps.ElementPlaces(x, indices, axis), indices.Dims.ToArray()),
            call[0].Type), indices];
    }
}
