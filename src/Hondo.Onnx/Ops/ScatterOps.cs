using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Numbers put into places that other numbers tell.</summary>
static class ScatterOps
{
    public static void AddTo(OpFamily family) => family
        .Add("ScatterElements", ScatterElements)
        .Add("ScatterND", ScatterND)
        .Add("TensorScatter", TensorScatter)
        .Add("NonMaxSuppression", NonMaxSuppression)
        .AddAll(OpFamily.MachineLearning, "Binarizer", call =>
            [UnaryOps.Map(call[0], (double x) => x > call.Float("threshold", 0) ? 1 : 0)]);

    static OnnxTensor ScatterElements(Call call)
    {
        OnnxTensor x = call[0], indices = call[1];
        int axis = Dimensions.Axis(call.Int("axis", 0), x.Rank);
        return Put(x, IndexOps.ElementPlaces(x, indices, axis), call[2], call.Node.Text("reduction", "none"));
    }

    static OnnxTensor ScatterND(Call call)
    {
        OnnxTensor x = call[0];
        (int[] starts, int inner) = IndexOps.TuplePlaces(x, call[1], 0);
        var places = new int[Dimensions.Product([starts.Length, inner])];
        for (int i = 0; i < places.Length; i++)
            places[i] = starts[i / inner] + i % inner;
        return Put(x, places, call[2], call.Node.Text("reduction", "none"));
    }

    static OnnxTensor Put(OnnxTensor x, int[] places, OnnxTensor updates, string reduction)
    {
        if (updates.Size != places.Length || updates.Type != x.Type)
            throw new OnnxException($"{updates.Describe()} does not fit {places.Length} places of {x.Describe()}.");
        int[] dims = x.Dims.ToArray();
        if (x.Type == ElementType.String)
            return OnnxTensor.Of(dims, Put(x.Texts, places, updates.Texts, (_, b) => b));
        return x.IsFloat
            ? OnnxTensor.Of(x.Type, dims, Put(x.Numbers, places, updates.Numbers, reduction switch
            {
                "none" => (_, b) => b,
                "add" => (a, b) => a + b,
                "mul" => (a, b) => a * b,
                "max" => Math.Max,
                "min" => Math.Min,
                _ => throw Call.Unknown($"the reduction '{reduction}'"),
            }))
            : OnnxTensor.Of(x.Type, dims, Put(x.Integers, places, updates.Integers, reduction switch
            {
                "none" => (_, b) => b,
                "add" => (a, b) => a + b,
                "mul" => (a, b) => a * b,
                "max" => Math.Max,
                "min" => Math.Min,
                _ => throw Call.Unknown($"the reduction '{reduction}'"),
            }));
    }

    static T[] Put<T>(T[] x, int[] places, T[] updates, Func<T, T, T> f)
    {
        var results = (T[])x.Clone();
        for (int i = 0; i < places.Length; i++)
            results[places[i]] = f(results[places[i]], updates[i]);
        return results;
    }

    // A cache of keys or values: what is new comes behind what each sample has.
    static OnnxTensor TensorScatter(Call call)
    {
        OnnxTensor cache = call[0], update = call[1];
        int axis = Dimensions.Axis(call.Int("axis", -2), cache.Rank);
        bool circular = call.Node.Text("mode", "linear") == "circular";
        long[]? starts = call.Integers(2);
        int[] strides = Dimensions.Strides(cache.Dims), own = Dimensions.Strides(update.Dims);
        int length = cache.Dims[axis];
        var places = new int[update.Size];
        for (int i = 0; i < places.Length; i++)
        {
            int place = 0, batch = i / own[0] % update.Dims[0];
            for (int a = 0; a < cache.Rank; a++)
            {
                long index = i / own[a] % update.Dims[a];
                if (a == axis)
                    index += starts?[batch] ?? 0;
                place += (a == axis ? circular ? (int)(index % length) : IndexOps.Place(index, length) : (int)index)
                    * strides[a];
            }
            places[i] = place;
        }
        return Put(cache, places, update, "none");
    }

    static OnnxTensor NonMaxSuppression(Call call)
    {
        OnnxTensor boxes = call[0], scores = call[1];
        long most = call.Integers(2)?[0] ?? 0;
        double overlap = call.Maybe(3)?.Numbers[0] ?? 0;
        double threshold = call.Maybe(4)?.Numbers[0] ?? double.NegativeInfinity;
        bool centers = call.Flag("center_point_box");
        int batches = scores.Dims[0], classes = scores.Dims[1], count = scores.Dims[2];
        List<long> selected = [];
        for (int b = 0; b < batches; b++)
            for (int c = 0; c < classes; c++)
            {
                int at = (b * classes + c) * count;
                List<int> kept = [];
                foreach (int i in Enumerable.Range(0, count).Where(i => scores.Numbers[at + i] > threshold)
                    .OrderByDescending(i => scores.Numbers[at + i]))
                    if (kept.Count < most && kept.TrueForAll(k =>
                        Overlap(Box(boxes, b * count + k, centers), Box(boxes, b * count + i, centers)) <= overlap))
                        kept.Add(i);
                foreach (int i in kept)
                    selected.AddRange([b, c, i]);
            }
        return OnnxTensor.Of(ElementType.Int64, [selected.Count / 3, 3], [.. selected]);
    }

    static (double Top, double Left, double Bottom, double Right) Box(OnnxTensor boxes, int i, bool centers)
    {
        Span<double> n = boxes.Numbers.AsSpan(i * 4, 4);
        return centers ? (n[1] - n[3] / 2, n[0] - n[2] / 2, n[1] + n[3] / 2, n[0] + n[2] / 2)
            : (Math.Min(n[0], n[2]), Math.Min(n[1], n[3]), Math.Max(n[0], n[2]), Math.Max(n[1], n[3]));
    }

    static double Overlap((double Top, double Left, double Bottom, double Right) a,
        (double Top, double Left, double Bottom, double Right) b)
    {
        double height = Math.Min(a.Bottom, b.Bottom) - Math.Max(a.Top, b.Top);
        double width = Math.Min(a.Right, b.Right) - Math.Max(a.Left, b.Left);
        double both = Math.Max(0, height) * Math.Max(0, width);
        double all = (a.Bottom - a.Top) * (a.Right - a.Left) + (b.Bottom - b.Top) * (b.Right - b.Left) - both;
        return all > 0 ? both / all : 0;
    }
}
