using System.Globalization;
using System.Text.RegularExpressions;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Texts.</summary>
static class TextOps
{
    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    public static void AddTo(OpFamily family) => family
        .Add("StringConcat", Concat)
        .Add("StringNormalizer", Normalize)
        .AddAll("StringSplit", Split)
        .Add("RegexFullMatch", FullMatch)
        .Add("TfIdfVectorizer", TfIdf)
        .AddAll(OpFamily.MachineLearning, "LabelEncoder", call => [LabelEncoder(call)]);

    static OnnxTensor Concat(Call call)
    {
        int[] dims = Dimensions.Broadcast(call[0].Dims, call[1].Dims);
        int[] left = Dimensions.BroadcastPlaces(call[0].Dims, dims);
        int[] right = Dimensions.BroadcastPlaces(call[1].Dims, dims);
        return OnnxTensor.Of(dims, [.. left.Zip(right, (i, j) => call[0].Texts[i] + call[1].Texts[j])]);
    }

    static OnnxTensor Normalize(Call call)
    {
        OnnxTensor x = call[0];
        bool sensitive = call.Flag("is_case_sensitive");
        HashSet<string> stop = new(call.Node.Texts("stopwords") ?? [],
            sensitive ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        string[] kept = [.. x.Texts.Where(text => !stop.Contains(text)).Select(text =>
            call.Node.Text("case_change_action", "NONE") switch
            {
                "LOWER" => text.ToLowerInvariant(),
                "UPPER" => text.ToUpperInvariant(),
                _ => text,
            })];
        if (kept.Length == 0)
            kept = [""];
        return OnnxTensor.Of(x.Rank == 2 ? [1, kept.Length] : [kept.Length], kept);
    }

    static OnnxValue?[] Split(Call call)
    {
        OnnxTensor x = call[0];
        string delimiter = call.Node.Text("delimiter", "");
        int most = (int)Math.Min(int.MaxValue - 1, call.Int("maxsplit", int.MaxValue - 1)) + 1;
        string[][] parts = [.. x.Texts.Select(text => delimiter.Length == 0
            ? text.Trim().Split((char[]?)null, most, StringSplitOptions.RemoveEmptyEntries)
            : text.Length == 0 ? [] : text.Split(delimiter, most))];
        int width = parts.Length == 0 ? 0 : parts.Max(p => p.Length);
        return [OnnxTensor.Of([.. x.Dims, width], [.. parts.SelectMany(p => Enumerable.Range(0, width)
            .Select(i => i < p.Length ? p[i].TrimStart(delimiter.Length == 0 ? ' ' : '\0') : ""))]),
            OnnxTensor.Of(ElementType.Int64, x.Dims.ToArray(), [.. parts.Select(p => (long)p.Length)])];
    }

    static OnnxTensor FullMatch(Call call)
    {
        try
        {
            string text = $"\\A(?:{call.Node.Text("pattern", "")})\\z";
            var pattern = new Regex(text, RegexOptions.CultureInvariant, MostTime);
            return OnnxTensor.Of(ElementType.Bool, call[0].Dims.ToArray(),
                [.. call[0].Texts.Select(each => pattern.IsMatch(each) ? 1L : 0L)]);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new OnnxException($"Its pattern takes more than {MostTime.TotalSeconds} s for one text.");
        }
    }

    static OnnxTensor TfIdf(Call call)
    {
        OnnxTensor x = call[0];
        int rows = x.Rank == 2 ? x.Dims[0] : 1, length = x.Size / Math.Max(1, rows);
        long[] columns = call.Node.Ints("ngram_indexes") ?? [], counts = call.Node.Ints("ngram_counts") ?? [];
        string[] words = x.Type == ElementType.String ? x.Texts : [.. x.Integers.Select(Text)];
        string[] pool = call.Node.Texts("pool_strings") ?? [.. (call.Node.Ints("pool_int64s") ?? []).Select(Text)];
        int width = (int)columns.DefaultIfEmpty(-1).Max() + 1;
        var found = new double[Dimensions.Product([rows, width])];
        int gram = 0;
        for (int n = 1; n <= counts.Length; n++)
        {
            int end = n < counts.Length ? (int)counts[n] : pool.Length;
            for (int at = (int)counts[n - 1]; at < end; at += n, gram++)
                if (n >= call.Int("min_gram_length", 1) && n <= call.Int("max_gram_length", 1))
                    for (int row = 0; row < rows; row++)
                        found[row * width + columns[gram]] += Occurrences(words.AsSpan(row * length, length),
                            pool.AsSpan(at, n), (int)call.Int("max_skip_count", 0));
        }
        double[]? weights = call.Node.Floats("weights");
        string mode = call.Node.Text("mode", "TF");
        // Weights belong to the n-grams, whose columns are told.
        double[] perColumn = new double[width];
        for (int i = 0; i < columns.Length; i++)
            perColumn[columns[i]] = mode == "TF" ? 1 : weights?[i] ?? 1;
        return OnnxTensor.Of(ElementType.Float32, x.Rank == 2 ? [rows, width] : [width], [.. found.Select((n, i) =>
            (mode == "IDF" ? Math.Min(1, n) : n) * perColumn[i % width])]);
    }

    static string Text(long n) => n.ToString(CultureInfo.InvariantCulture);

    static int Occurrences(ReadOnlySpan<string> words, ReadOnlySpan<string> gram, int skips)
    {
        int count = 0;
        for (int skip = 0; skip <= (gram.Length == 1 ? 0 : skips); skip++)
            for (int start = 0; start + (gram.Length - 1) * (skip + 1) < words.Length; start++)
            {
                bool isSame = true;
                for (int i = 0; i < gram.Length && isSame; i++)
                    isSame = words[start + i * (skip + 1)] == gram[i];
                count += isSame ? 1 : 0;
            }
        return count;
    }

    static OnnxTensor LabelEncoder(Call call)
    {
        OnnxTensor x = call[0], keys = List(call, "keys"), values = List(call, "values");
        Dictionary<string, int> places = [];
        string[] names = Names(keys);
        for (int i = 0; i < names.Length; i++)
            places.TryAdd(names[i], i);
        OnnxTensor usual = call.Node.Tensor("default_tensor") is { } given ? given.Reshape(1) : values.Type switch
        {
            ElementType.String => OnnxTensor.Of([1], [call.Node.Text("default_string", "_Unused")]),
            ElementType.Int64 => OnnxTensor.List(call.Int("default_int64", -1)),
            _ => OnnxTensor.Of(values.Type, [1], [call.Float("default_float", -0.0)]),
        };
        OnnxTensor all = ShapeOps.Concat([values.Reshape(values.Size), usual], 0);
        return all.Take(x.Dims.ToArray(), [.. Names(x).Select(name => places.GetValueOrDefault(name, values.Size))]);
    }

    static OnnxTensor List(Call call, string what) => call.Node.Tensor($"{what}_tensor")
        ?? (call.Node.Texts($"{what}_strings") is { } texts ? OnnxTensor.Of([texts.Length], texts)
            : call.Node.Ints($"{what}_int64s") is { } whole ? OnnxTensor.List(whole)
            : call.Node.Floats($"{what}_floats") is { } floats
                ? OnnxTensor.Of(ElementType.Float32, [floats.Length], (double[])floats.Clone())
            : throw Call.Unknown($"a LabelEncoder without {what}"));

    static string[] Names(OnnxTensor x) => x.Type == ElementType.String ? x.Texts
        : x.IsFloat ? [.. x.Numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture))]
        : [.. x.Integers.Select(Text)];
}
