using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Numbers taken from places that other numbers tell.</summary>
static class IndexOps
{
    public static void AddTo(OpFamily family) => family
        .Add("Gather", call => Gather(call[0], call[1], call.Int("axis", 0)))
        .Add("GatherElements", GatherElements)
        .Add("GatherND", GatherND)
        .Add("Where", Where)
        .Add("NonZero", NonZero)
        .Add("Compress", Compress)
        .Add("OneHot", OneHot)
        .AddAll("TopK", TopK)
        .AddAll("Unique", Unique)
        .AddAll(OpFamily.MachineLearning, "ArrayFeatureExtractor", call =>
            [Gather(call[0].Rank == 1 ? call[0].Reshape(1, call[0].Size) : call[0],
                call[1].Reshape(call[1].Size), -1)]);

    /// <summary>An index counted from the front.</summary>
    public static int Place(long index, int length) => index >= -length && index < length
        ? (int)(index < 0 ? index + length : index)
        : throw new OnnxException($"Index {index} is outside of an axis of {length}.");

    /// <summary>Slices of an axis by their numbers.</summary>
    public static OnnxTensor Gather(OnnxTensor x, OnnxTensor indices, long along)
    {
        int axis = Dimensions.Axis(along, x.Rank);
        int outer = Dimensions.Product(x.Dims[..axis]), inner = Dimensions.Product(x.Dims[(axis + 1)..]);
        int length = x.Dims[axis];
        int[] dims = [.. x.Dims[..axis], .. indices.Dims, .. x.Dims[(axis + 1)..]];
        var places = new int[Dimensions.Product(dims)];
        int at = 0;
        for (int i = 0; i < outer; i++)
            foreach (long index in indices.Integers)
            {
                int start = (i * length + Place(index, length)) * inner;
                for (int j = 0; j < inner; j++)
                    places[at++] = start + j;
            }
        return x.Take(dims, places);
    }

    static OnnxTensor GatherElements(Call call)
    {
        OnnxTensor x = call[0], indices = call[1];
        int axis = Dimensions.Axis(call.Int("axis", 0), x.Rank);
        return x.Take(indices.Dims.ToArray(), ElementPlaces(x, indices, axis));
    }

    /// <summary>For each index its place in x: its own, but along the axis what it says.</summary>
    public static int[] ElementPlaces(OnnxTensor x, OnnxTensor indices, int axis)
    {
        int[] strides = Dimensions.Strides(x.Dims), others = (int[])strides.Clone();
        if (indices.Rank != x.Rank)
            throw new OnnxException($"{indices.Describe()} must have as many axes as {x.Describe()}.");
        others[axis] = 0;
        int[] places = Dimensions.Places(indices.Dims, others, 0);
        for (int i = 0; i < places.Length; i++)
            places[i] += Place(indices.Integers[i], x.Dims[axis]) * strides[axis];
        return places;
    }

    static OnnxTensor GatherND(Call call)
    {
        OnnxTensor x = call[0], indices = call[1];
        int batch = (int)call.Int("batch_dims", 0), depth = indices.Dims[^1];
        (int[] starts, int inner) = TuplePlaces(x, indices, batch);
        int[] dims = [.. indices.Dims[..^1], .. x.Dims[(batch + depth)..]];
        var places = new int[Dimensions.Product([starts.Length, inner])];
        for (int i = 0; i < places.Length; i++)
            places[i] = starts[i / inner] + i % inner;
        return x.Take(dims, places);
    }

    /// <summary>For each tuple of indices the place where its slice starts, and the length of slices.</summary>
    public static (int[] Starts, int Inner) TuplePlaces(OnnxTensor x, OnnxTensor indices, int batch)
    {
        int depth = indices.Dims[^1], tuples = Dimensions.Product(indices.Dims[..^1]);
        if (batch + depth > x.Rank)
            throw new OnnxException($"Tuples of {depth} indices are too long for {x.Describe()}.");
        int[] strides = Dimensions.Strides(x.Dims), starts = new int[tuples];
        int batches = Dimensions.Product(x.Dims[..batch]);
        for (int i = 0; i < tuples; i++)
        {
            starts[i] = batch == 0 ? 0 : i / (tuples / batches) * strides[batch - 1];
            for (int d = 0; d < depth; d++)
                starts[i] += Place(indices.Integers[i * depth + d], x.Dims[batch + d]) * strides[batch + d];
        }
        return (starts, Dimensions.Product(x.Dims[(batch + depth)..]));
    }

    static OnnxTensor Where(Call call)
    {
        OnnxTensor condition = call[0], a = call[1], b = call[2];
        int[] dims = Dimensions.Broadcast(Dimensions.Broadcast(condition.Dims, a.Dims), b.Dims);
        int[] c = Dimensions.BroadcastPlaces(condition.Dims, dims), left = Dimensions.BroadcastPlaces(a.Dims, dims);
        int[] right = Dimensions.BroadcastPlaces(b.Dims, dims), places = new int[c.Length];
        if (a.Type != b.Type)
            throw new OnnxException($"It chooses between {a.Describe()} and {b.Describe()}: they must be of one type.");
        for (int i = 0; i < places.Length; i++)
            places[i] = condition.Integers[c[i]] != 0 ? left[i] : a.Size + right[i];
        return OnnxTensor.Interleave([a, b], [a.Size + b.Size], 1).Take(dims, places);
    }

    static OnnxTensor NonZero(Call call)
    {
        OnnxTensor x = call[0];
        double[] numbers = x.AsNumbers();
        int[] found = [.. Enumerable.Range(0, x.Size).Where(i => numbers[i] != 0)];
        int[] strides = Dimensions.Strides(x.Dims), lengths = x.Dims.ToArray();
        return OnnxTensor.Of(ElementType.Int64, [x.Rank, found.Length], [.. Enumerable.Range(0, x.Rank)
            .SelectMany(axis => found.Select(i => (long)(i / strides[axis] % lengths[axis])))]);
    }

    static OnnxTensor Compress(Call call)
    {
        OnnxTensor x = call.Node.Has("axis") ? call[0] : call[0].Reshape(call[0].Size);
        long[] condition = call[1].Integers;
        long[] taken = [.. Enumerable.Range(0, condition.Length).Where(i => condition[i] != 0).Select(i => (long)i)];
        return Gather(x, OnnxTensor.List(taken), call.Int("axis", 0));
    }

    static OnnxTensor OneHot(Call call)
    {
        long[] indices = [.. call[0].AsNumbers().Select(n => (long)n)];
        int depth = (int)call[1].AsNumbers()[0], rank = call[0].Rank + 1;
        int axis = Dimensions.Axis(call.Int("axis", -1), rank);
        int[] dims = [.. call[0].Dims[..axis], depth, .. call[0].Dims[axis..]];
        int inner = Dimensions.Product(call[0].Dims[axis..]);
        var places = new int[Dimensions.Product(dims)];
        for (int i = 0; i < indices.Length; i++)
            if (indices[i] >= -depth && indices[i] < depth)
                places[(i / inner * depth + (int)((indices[i] + depth) % depth)) * inner + i % inner] = 1;
        return call[2].Take(dims, places);
    }

    static OnnxValue?[] TopK(Call call)
    {
        OnnxTensor x = call[0];
        int axis = Dimensions.Axis(call.Int("axis", -1), x.Rank), k = (int)call[1].AsNumbers()[0];
        if (k < 0 || k > x.Dims[axis])
            throw new OnnxException($"The best {k} of an axis of {x.Dims[axis]} are asked for.");
        double sign = call.Flag("largest", true) ? -1 : 1;
        (_, int[] starts, int[] steps) = ReductionOps.Runs(x, [axis], true);
        int[] dims = x.Dims.ToArray(), order = [.. Enumerable.Range(0, steps.Length)];
        dims[axis] = k;
        double[] numbers = x.AsNumbers();
        int[] places = new int[Dimensions.Product([starts.Length, k])];
        var indices = new long[places.Length];
        (_, int[] outStarts, int[] outSteps) = ReductionOps.Runs(OnnxTensor.Of(ElementType.Int64, dims,
            new long[places.Length]), [axis], true);
        for (int i = 0; i < starts.Length; i++)
        {
            // Of equal numbers the first comes first: the sort is stable.
            int[] best = [.. order.OrderBy(j => sign * numbers[starts[i] + steps[j]]).Take(k)];
            for (int j = 0; j < k; j++)
                (places[outStarts[i] + outSteps[j]], indices[outStarts[i] + outSteps[j]]) =
                    (starts[i] + steps[best[j]], best[j]);
        }
        return [x.Take(dims, places), OnnxTensor.Of(ElementType.Int64, dims, indices)];
    }

    static OnnxValue?[] Unique(Call call)
    {
        bool hasAxis = call.Node.Has("axis"), sorted = call.Flag("sorted", true);
        OnnxTensor x = hasAxis ? call[0] : call[0].Reshape(call[0].Size);
        int axis = Dimensions.Axis(call.Int("axis", 0), x.Rank);
        double[] numbers = x.Type == ElementType.String ? throw Call.Unknown("unique texts") : x.AsNumbers();
        (_, int[] starts, int[] steps) = ReductionOps.Runs(x, [axis], true);
        double[][] slices = [.. steps.Select(step => starts.Select(start => numbers[start + step]).ToArray())];
        List<int> firsts = [], counts = [];
        var group = new int[slices.Length];
        for (int i = 0; i < slices.Length; i++)
        {
            group[i] = firsts.FindIndex(f => slices[f].AsSpan().SequenceEqual(slices[i]));
            if (group[i] < 0)
            {
                group[i] = firsts.Count;
                firsts.Add(i);
                counts.Add(0);
            }
            counts[group[i]]++;
        }
        int[] order = [.. Enumerable.Range(0, firsts.Count)];
        if (sorted)
            Array.Sort(order, (a, b) => slices[firsts[a]].AsSpan().SequenceCompareTo(slices[firsts[b]]));
        OnnxTensor taken = OnnxTensor.List([.. order.Select(g => (long)firsts[g])]);
        return [Gather(x, taken, axis), taken, OnnxTensor.List([.. group.Select(g => (long)Array.IndexOf(order, g))]),
            OnnxTensor.List([.. order.Select(g => (long)counts[g])])];
    }
}
