using System.Globalization;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Conformance;

/// <summary>Whether a value is the expected one.</summary>
static class Comparison
{
    /// <summary>What differs, in words, or null.</summary>
    /// <param name="expected">From the file.</param>
    /// <param name="got">What was computed.</param>
    /// <param name="relative">Allowed share of the expected number.</param>
    /// <param name="absolute">Allowed beside it.</param>
    /// <param name="noise">Allowed beside them: a share of the largest expected number.</param>
    public static string? Difference(OnnxValue? expected, OnnxValue? got, double relative, double absolute,
        double noise = 0) =>
        (Unwrap(expected), Unwrap(got)) switch
        {
            (null, null) => null,
            (OnnxTensor a, OnnxTensor b) => Tensors(a, b, relative, absolute, noise),
            (OnnxSequence a, OnnxSequence b) => Sequences(a, b, relative, absolute),
            var (a, b) => $"expected {a?.Describe() ?? "nothing"}, got {b?.Describe() ?? "nothing"}",
        };

    static OnnxValue? Unwrap(OnnxValue? value) => value is OnnxOptional optional ? optional.Value : value;

    static string? Sequences(OnnxSequence a, OnnxSequence b, double relative, double absolute)
    {
        if (a.Items.Count != b.Items.Count)
            return $"expected {a.Items.Count} items, got {b.Items.Count}";
        for (int i = 0; i < a.Items.Count; i++)
            if (Difference(a.Items[i], b.Items[i], relative, absolute) is { } difference)
                return $"item {i}: {difference}";
        return null;
    }

    static string? Tensors(OnnxTensor a, OnnxTensor b, double relative, double absolute, double noise)
    {
        if (a.Type != b.Type || !a.Dims.SequenceEqual(b.Dims))
            return $"expected {a.Describe()}, got {b.Describe()}";
        if (a.Type == ElementType.String)
            return a.Texts.SequenceEqual(b.Texts) ? null : "texts differ";
        double[] x = a.AsNumbers(), y = b.AsNumbers();
        if (noise > 0 && x.Length > 0)
            absolute += noise * x.Max(Math.Abs);
        for (int i = 0; i < x.Length; i++)
            if (!(x[i].Equals(y[i]) || x[i] == y[i] || Math.Abs(x[i] - y[i]) <= absolute + relative * Math.Abs(x[i])))
                return string.Create(CultureInfo.InvariantCulture, $"at {i} of {a.Describe()}: expected {x[i]:G9}, "
                    + $"got {y[i]:G9}");
        return null;
    }
}
