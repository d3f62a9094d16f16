using Hondo.Onnx.Values;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Onnx.Gradients;

/// <summary>Functions of two numbers or more, repeated along axes of length 1.</summary>
static class TapeArithmetic
{
    public static void AddTo(Dictionary<string, TapeOp> ops)
    {
        ops["Add"] = call => Two(call, (a, b) => a + b);
        ops["Sub"] = call => Two(call, (a, b) => a - b);
        ops["Mul"] = call => Two(call, (a, b) => a * b);
        ops["Div"] = call => Two(call, (a, b) => a / b);
        ops["PRelu"] = call => Two(call, (x, slope) => x.PRelu(slope));
        ops["Pow"] = Power;
        ops["Sum"] = call => [All(call, (a, b) => a + b)];
        ops["Mean"] = call => [All(call, (a, b) => a + b).Map(x => x / call.Count)];
        ops["Max"] = call => [All(call, (a, b) => a.Maximum(b))];
        ops["Min"] = call => [All(call, (a, b) => a.Minimum(b))];
        ops["Where"] = Where;
    }

    static OnnxValue?[] Two(TapeCall call, Func<Tensor, Tensor, Tensor> f) => [Apply(call[0], Aligned(call), f)];

    // Until opset 6 an attribute told the axis where b begins.
    static TapeValue Aligned(TapeCall call)
    {
        TapeValue b = call[1];
        int rank = call[0].Rank, behind = call.Plain.Opset >= 7 || b.Rank == 0 ? 0
            : call.Node.Op == "PRelu" && b.Rank == 1 && rank > 2 ? rank - 2
            : call.Node.Has("axis") ? Math.Max(0, rank - Dimensions.Axis(call.Node.Int("axis", 0), rank) - b.Rank) : 0;
        return behind == 0 ? b
            : TapeValue.Of(b.InFile.Reshape(Shape.Create([.. b.Dims, .. Enumerable.Repeat(1, behind)])), b.Type);
    }

    static TapeValue All(TapeCall call, Func<Tensor, Tensor, Tensor> f)
    {
        TapeValue all = call[0];
        for (int i = 1; i < call.Count; i++)
            all = Apply(all, call[i], f);
        return all;
    }

    /// <summary>f of two values, features last where both can be.</summary>
    public static TapeValue Apply(TapeValue a, TapeValue b, Func<Tensor, Tensor, Tensor> f)
    {
        bool isLast = a.HasLast || b.HasLast;
        if (isLast && InLast(a, b.Rank) is { } left && InLast(b, a.Rank) is { } right)
            return TapeValue.FeaturesLast(f(left, right), a.Type);
        return TapeValue.Of(f(a.InFile, b.InFile), a.Type);
    }

    // A value features last; one number, or one for each channel, fits whatever order the other one has.
    static Tensor? InLast(TapeValue x, int other)
    {
        if (x.HasLast && x.Rank >= other)
            return x.Last;
        int[] dims = x.Dims;
        int channel = x.Rank - (other - 1);
        if (x.Rank < other && dims.All(n => n == 1))
            return x.InFile.Reshape([]);
        return x.Rank <= other && channel >= 0 && dims.Where((n, axis) => axis != channel).All(n => n == 1)
            ? x.InFile.Reshape([dims[channel]]) : null;
    }

    static OnnxValue?[] Power(TapeCall call)
    {
        if (call.Plain.Value(1) is not OnnxTensor exponent)
            return Two(call, (a, b) => a.Pow(b));
        if (exponent.Size == 1 && exponent.Rank <= call[0].Rank && call.Plain.Value(0) is TapeValue x)
            return [x.Map(a => a.Pow(exponent.AsNumbers()[0]))];
        OnnxTensor numbers = exponent.IsFloat ? exponent : Ops.MatrixOps.AsDouble(exponent);
        return [Apply(call[0], TapeValue.Of(TapeValue.Constant(numbers, call.Runner.Type)), (a, b) => a.Pow(b))];
    }

    static OnnxValue?[] Where(TapeCall call)
    {
        OnnxTensor condition = call.Constant(0);
        long[] chosen = condition.Integers;
        Tensor mask = Tensor.Of([.. chosen.Select(n => n != 0 ? 1 : 0)], Shape.Create(condition.Dims));
        // What is not chosen has no part in the result, nor in gradients: 0 · ∞ would be NaN.
        return [TapeValue.Of(mask.Where(call.Tensor(1), call.Tensor(2)), call[1].Type)];
    }
}
