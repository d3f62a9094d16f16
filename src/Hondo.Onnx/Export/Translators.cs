using Hondo.Tensors;

namespace Hondo.Onnx.Export;

/// <summary>What each op is in ONNX. A new op is one line in the table of its family.</summary>
static class Translators
{
    static readonly Dictionary<Type, Func<Call, Translation, Value>> All = new OpTranslation[][]
    {
        ElementwiseTranslations.All, ScalarTranslations.All, ConvolutionTranslations.All, PoolTranslations.All,
        NormTranslations.All, MatrixTranslations.All, ReductionTranslations.All, ShapeTranslations.All,
        IndexTranslations.All, RecurrentTranslations.All, AttentionTranslations.All, TuringMachineTranslations.All,
    }.SelectMany(table => table).ToDictionary(entry => entry.Call, entry => entry.Translate);

    /// <summary>The types of calls that have a translation.</summary>
    public static IReadOnlyCollection<Type> Calls => All.Keys;

    /// <summary>Writes the nodes of a call.</summary>
    /// <exception cref="OnnxNotSupportedException">There is no translation.</exception>
    public static Value Translate(Call call, Translation translation) =>
        All.TryGetValue(call.GetType(), out Func<Call, Translation, Value>? translate) ? translate(call, translation)
            : throw translation.Refuse($"the op {call.Name}", "Compute it from ops that have a counterpart there "
                + "(docs/onnx.md lists what has none), or leave this layer out of the exported model.");
}

/// <summary>What an op is in ONNX.</summary>
/// <param name="Call">The type of its recorded calls.</param>
/// <param name="Translate">Writes the nodes of one.</param>
sealed record OpTranslation(Type Call, Func<Call, Translation, Value> Translate)
{
    /// <summary>The translation of an op.</summary>
    public static OpTranslation Of<TOp>(Func<TOp, Translation, Value> translate)
        where TOp : struct, IOp, IEquatable<TOp> => new(typeof(Call<TOp>),
            (call, translation) => translate(((Call<TOp>)call).Op, translation));
}
