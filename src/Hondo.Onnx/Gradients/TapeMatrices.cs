using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>Products of matrices.</summary>
static class TapeMatrices
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["MatMul"] = call => call.Result(call.Tensor(0).MatMul(call.Tensor(1)));
        ops["Gemm"] = Gemm;
        ops["Einsum"] = Einsum;
        ops["Resize"] = Resize;
    }

    static OnnxValue?[] Gemm(TapeCall call)
    {
        Tensor y = call.Tensor(0).MatMul(call.Tensor(1), call.Node.Int("transA", 0) != 0,
            call.Node.Int("transB", 0) != 0);
        double alpha = call.Node.Float("alpha", 1), beta = call.Node.Float("beta", 1);
        y = alpha == 1 ? y : y * alpha;
        return call.Result(!call.Has(2) ? y : y + (beta == 1 ? call.Tensor(2) : call.Tensor(2) * beta));
    }

    // Three dots are letters that the equation has not; axes of length 1 that repeat have no such form.
    static OnnxValue?[]? Einsum(TapeCall call)
    {
        string equation = call.Node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        string[] terms = equation.Split("->")[0].Split(',');
        Tensor[] operands = [.. Enumerable.Range(0, call.Count).Select(call.Tensor)];
        if (equation.Contains("...", StringComparison.Ordinal))
        {
            string free = string.Concat("ABCDEFGHIJKLMNOPQRSTUVWXYZ".Where(c => !equation.Contains(c)));
            int[] counts = [.. terms.Select((term, i) => term.Contains("...", StringComparison.Ordinal)
                ? operands[i].Shape.Rank - (term.Length - 3) : 0)];
            int most = counts.Max();
            if (terms.Where((term, i) => term.Contains("...", StringComparison.Ordinal) && counts[i] != most).Any()
                || !equation.Contains("->", StringComparison.Ordinal) || most > free.Length)
                return null;
            equation = equation.Replace("...", free[..most], StringComparison.Ordinal);
            terms = equation.Split("->")[0].Split(',');
        }
        Dictionary<char, int> lengths = [];
        for (int i = 0; i < terms.Length; i++)
            for (int axis = 0; axis < terms[i].Length; axis++)
                if (!lengths.TryAdd(terms[i][axis], operands[i].Shape[axis])
                    && lengths[terms[i][axis]] != operands[i].Shape[axis])
                    return null;
        return call.Result(Tensor.Einsum(equation, operands));
    }

    // Each axis is a product with the matrix of its weights, whatever the mode.
    static OnnxValue?[]? Resize(TapeCall call)
    {
        TapeValue x = call[0];
        OnnxTensor like = Ops.ConstantOps.Fill(x.Dims, OnnxTensor.Scalar(ElementType.Float32, 0));
        OnnxValue?[] values = [like, .. Enumerable.Range(1, call.Count - 1).Select(i => call.Has(i) ? call.Constant(i)
            : null)];
        if (Ops.ResizeOp.Matrices(call.With(values)) is not { } matrices)
            return null;
        bool isLast = x.Rank > 2;
        Tensor y = isLast ? x.Last : x.InFile;
        foreach ((int along, float[] weights, int wanted) in matrices)
        {
            int axis = isLast ? x.PlaceInLast(along) : along, length = y.Shape[axis];
            Shape shape = y.Shape.With(axis, wanted);
            Tensor matrix = Tensor.Of(weights, [wanted, length]).To(y.DType);
            y = matrix.MatMul(y.Reshape([y.Shape.SizeBefore(axis), length, y.Shape.SizeAfter(axis)])).Reshape(shape);
        }
        return [isLast ? TapeValue.FeaturesLast(y, x.Type) : TapeValue.Of(y, x.Type)];
    }
}
