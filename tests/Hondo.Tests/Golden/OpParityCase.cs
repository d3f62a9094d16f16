using System.Text.Json;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>The operands of a golden case of an op, in float32, those with a gradient as parameters.</summary>
sealed class OpParityCase(ParityCase @case, IReadOnlyDictionary<string, Parameter> parameters)
{
    public string Name => @case.Name.Split('/')[1];

    public string Op => @case.Op;

    /// <summary>An operand of floating numbers.</summary>
    public Tensor this[string key] => parameters.TryGetValue(key, out Parameter? parameter)
        ? parameter
        : @case.Tensor("inputs", key).ToTensor().To(DType.Float32);

    /// <summary>An operand of indices or labels.</summary>
    public Tensor Ints(string key) => @case.Tensor("inputs", key).ToLabels();

    public bool Has(string key) => @case.Has("inputs", key);

    public double Number(string attribute) => @case[attribute];

    public int Whole(string attribute) => (int)@case[attribute];

    public bool Is(string attribute) => @case.Is(attribute);

    public string? Text(string attribute) => @case.Text(attribute);

    public int[] List(string attribute) => [.. @case.List(attribute).Select(v => (int)v)];

    public JsonElement Attribute(string attribute) => @case.Attributes.GetProperty(attribute);

    public bool HasAttribute(string attribute) => @case.Attributes.TryGetProperty(attribute, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null;
}
