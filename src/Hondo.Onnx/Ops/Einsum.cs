using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Einstein's sums: <c>bij, bjk -> bik</c>. The letters of one term are the axes of one tensor.</summary>
static class Einsum
{
    public static OnnxTensor Compute(string equation, OnnxTensor[] inputs)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] terms = sides[0].Split(',');
        if (terms.Length != inputs.Length)
            throw new OnnxException($"'{equation}' has {terms.Length} terms, but {inputs.Length} inputs came.");
        int dots = terms.Select((term, i) => term.Contains("...", StringComparison.Ordinal)
            ? inputs[i].Rank - (term.Length - 3) : 0).Max();
        for (int i = 0; i < terms.Length; i++)
            terms[i] = Spell(terms[i], inputs[i].Rank);
        string output = sides.Length > 1 ? sides[1].Replace("...", Dots(dots), StringComparison.Ordinal)
            : Implied(terms, dots);
        return Sum(terms, output, inputs);
    }

    // The axes that three dots stand for are digits, the last one 0.
    static string Dots(int count) => string.Concat(Enumerable.Range(0, count).Select(i => (char)('0' + count - 1 - i)));

    static string Spell(string term, int rank)
    {
        string spelled = term.Replace("...", Dots(Math.Max(0, rank - (term.Length - 3))), StringComparison.Ordinal);
        return spelled.Length == rank ? spelled
            : throw new OnnxException($"The term '{term}' does not name {rank} axes.");
    }

    static string Implied(string[] terms, int dots) => Dots(dots) + string.Concat(string.Concat(terms)
        .Where(char.IsLetter).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order());

    static OnnxTensor Sum(string[] terms, string output, OnnxTensor[] inputs)
    {
        Dictionary<char, int> lengths = [];
        for (int i = 0; i < terms.Length; i++)
            for (int axis = 0; axis < terms[i].Length; axis++)
            {
                int length = inputs[i].Dims[axis], known = lengths.GetValueOrDefault(terms[i][axis], 1);
                if (known != length && known != 1 && length != 1)
                    throw new OnnxException($"Axis '{terms[i][axis]}' is {known} long and {length} long.");
                lengths[terms[i][axis]] = Math.Max(known, length);
            }
        char[] summed = [.. lengths.Keys.Where(c => !output.Contains(c))];
        int[] dims = [.. output.Select(c => lengths.TryGetValue(c, out int n) ? n
            : throw new OnnxException($"No input has the axis '{c}' of the result."))];
        int[] gone = [.. summed.Select(c => lengths[c])];
        int[][] starts = [.. terms.Select((t, i) => Dimensions.Places(dims, Steps(output, t, inputs[i]), 0))];
        int[][] steps = [.. terms.Select((t, i) => Dimensions.Places(gone, Steps(summed, t, inputs[i]), 0))];
        double[][] numbers = [.. inputs.Select(x => x.AsNumbers())];
        var results = new double[Dimensions.Product(dims)];
        for (int i = 0; i < results.Length; i++)
            for (int j = 0; j < steps[0].Length; j++)
            {
                double product = 1;
                for (int t = 0; t < numbers.Length; t++)
                    product *= numbers[t][starts[t][i] + steps[t][j]];
                results[i] += product;
            }
        OnnxTensor sum = OnnxTensor.Of(ElementType.Float64, dims, results);
        return CastOps.Convert(sum, inputs[0].Type);
    }

    // A letter that a term has twice steps along both axes: the diagonal.
    static int[] Steps(IEnumerable<char> letters, string term, OnnxTensor x)
    {
        int[] strides = Dimensions.Strides(x.Dims), lengths = x.Dims.ToArray();
        return [.. letters.Select(letter => Enumerable.Range(0, term.Length)
            .Where(axis => term[axis] == letter && lengths[axis] > 1).Sum(axis => strides[axis]))];
    }
}
