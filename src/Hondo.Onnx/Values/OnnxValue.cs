namespace Hondo.Onnx.Values;

/// <summary>What flows along an edge of a graph: a tensor, a sequence of values, or an optional one.</summary>
abstract class OnnxValue
{
    /// <summary>The value in words, for errors.</summary>
    public abstract string Describe();

    /// <summary>The type and the lengths of the axes, of a tensor.</summary>
    public virtual (ElementType Type, int[] Dims) Form =>
        throw new OnnxException($"A tensor is needed, but it is {Describe()}.");
}

/// <summary>Values one after the other.</summary>
sealed class OnnxSequence(IReadOnlyList<OnnxValue> items) : OnnxValue
{
    public IReadOnlyList<OnnxValue> Items => items;

    public override string Describe() => $"a sequence of {items.Count}";
}

/// <summary>A value or none.</summary>
sealed class OnnxOptional(OnnxValue? value) : OnnxValue
{
    public OnnxValue? Value => value;

    public override string Describe() => value is null ? "an empty optional" : $"optional {value.Describe()}";
}
