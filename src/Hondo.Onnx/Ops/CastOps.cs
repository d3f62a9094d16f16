using System.Globalization;
using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>From one type to another.</summary>
static class CastOps
{
    public static void AddTo(OpFamily family) => family
        .Add("Cast", call => Convert(call[0], (ElementType)call.Int("to", 0), call))
        .Add("CastLike", call => Convert(call[0], call[1].Type, call))
        .Add("BitCast", call => BitCast(call[0], (ElementType)call.Int("to", 0)));

    static OnnxTensor Convert(OnnxTensor x, ElementType to, Call call) =>
        Convert(x, to, call.Flag("saturate", true), call.Node.Text("round_mode", "up"));

    /// <summary>The numbers in another type: fractions are cut towards 0 where it holds whole ones.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="to">The type.</param>
    /// <param name="saturate">False makes infinity or NaN of what floats of 8 bits do not reach.</param>
    /// <param name="roundMode">"up", "down" or "nearest", for powers of two alone.</param>
    public static OnnxTensor Convert(OnnxTensor x, ElementType to, bool saturate = true, string roundMode = "up")
    {
        int[] dims = x.Dims.ToArray();
        if (x.Type == to)
            return x;
        if (to == ElementType.String)
            return OnnxTensor.Of(dims, Texts(x));
        if (x.Type == ElementType.String)
            return FromTexts(x, to, dims);
        if (to == ElementType.Float8E8M0)
            return OnnxTensor.Exact(to, dims, [.. x.AsNumbers().Select(n => PowerOfTwo(n, roundMode))]);
        if (to.IsSmallFloat())
            return OnnxTensor.Exact(to, dims, [.. x.AsNumbers().Select(n => SmallFloat.Of(to).Round(n, saturate))]);
        if (to.IsFloat())
            return OnnxTensor.Of(to, dims, [.. x.AsNumbers()]);
        if (!to.IsInteger())
            throw Call.Unknown($"a cast to {to.Name()}");
        return OnnxTensor.Of(to, dims,
            x.IsFloat ? [.. x.Numbers.Select(n => Whole(n, to))] : (long[])x.Integers.Clone());
    }

    static long Whole(double x, ElementType to) => to == ElementType.Bool ? x != 0 ? 1 : 0
        : to == ElementType.UInt64 && x >= long.MaxValue ? (long)(ulong)x
        : (long)x;

    static double PowerOfTwo(double x, string roundMode)
    {
        if (double.IsNaN(x) || x < 0 || double.IsInfinity(x))
            return double.IsPositiveInfinity(x) ? Math.ScaleB(1, 127) : double.NaN;
        if (x < Math.ScaleB(1, -127))
            return Math.ScaleB(1, -127);
        double below = Math.ScaleB(1, Math.ILogB(x));
        bool up = roundMode == "up" ? x > below : roundMode == "nearest" && x >= 1.5 * below;
        return Math.Min(up ? 2 * below : below, Math.ScaleB(1, 127));
    }

    static string[] Texts(OnnxTensor x) => x.IsFloat
        ? [.. x.Numbers.Select(n => double.IsNaN(n) ? "NaN" : double.IsInfinity(n) ? n > 0 ? "INF" : "-INF"
            : x.Type == ElementType.Float64 ? n.ToString("R", CultureInfo.InvariantCulture)
            : ((float)n).ToString("R", CultureInfo.InvariantCulture))]
        : [.. x.Integers.Select(n => n.ToString(CultureInfo.InvariantCulture))];

    static OnnxTensor FromTexts(OnnxTensor x, ElementType to, int[] dims) => to.IsFloat()
        ? OnnxTensor.Of(to, dims, [.. x.Texts.Select(Number)])
        : OnnxTensor.Of(to, dims, [.. x.Texts.Select(text => Whole(Number(text), to))]);

    static double Number(string text) => text.Trim().ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "+INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
            : throw new OnnxException($"The text '{text}' is not a number."),
    };

    static OnnxTensor BitCast(OnnxTensor x, ElementType to)
    {
        int from = x.Type.Bits(), bits = to.Bits();
        if (from != bits)
            throw new OnnxException($"It reads {x.Type.Name()} ({from} bits) as {to.Name()} ({bits} bits): the sizes "
                + "must be the same.");
        long[] codes = x.IsFloat ? [.. x.Numbers.Select(n => TensorBits.CodeOf(x.Type, n))]
            : (long[])x.Integers.Clone();
        return to.IsFloat() ? OnnxTensor.Exact(to, x.Dims.ToArray(), [.. codes.Select(c => TensorBits.FloatOf(to, c))])
            : OnnxTensor.Of(to, x.Dims.ToArray(), codes);
    }
}
