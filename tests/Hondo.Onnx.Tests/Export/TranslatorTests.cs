using System.Reflection;
using Hondo.Models;
using Hondo.Onnx.Export;
using Hondo.Tensors;

namespace Hondo.Onnx.Tests.Export;

/// <summary>Every op has a translation, or is known to have none.</summary>
public sealed class TranslatorTests
{
    // What docs/onnx.md says is refused; losses are no part of a model that is used.
    static readonly string[] Refused = ["ArgSortOp", "DiagonalView", "MaskedSelectOp", "WholeQuotient",
        "Atan2Formula", "CrossEntropyOp", "SoftCrossEntropyOp", "CtcLossOp", "MulticlassHingeOp",
        "NegativeLogLikelihoodOp"];

    [Fact]
    public void A_new_op_needs_a_translation_or_a_place_in_the_list_of_those_without()
    {
        HashSet<string> known = [.. Translators.Calls.SelectMany(call => Names(call.GetGenericArguments()[0]))];
        Assembly[] libraries = [typeof(Tensor).Assembly, typeof(SequenceCatalog).Assembly,
            typeof(VisionCatalog).Assembly];
        string[] ops = [.. libraries.SelectMany(library => library.GetTypes()).Where(IsOp)
            .Select(type => type.Name.Split('`')[0])];
        Assert.True(ops.Length > 100, $"{ops.Length} ops");
        string[] missing = [.. ops.Where(name => !known.Contains(name) && !Refused.Contains(name) && !IsLoss(name))];
        Assert.True(missing.Length == 0, "Add a translation in src/Hondo.Onnx/Export, or a name to Refused above, for: "
            + string.Join(", ", missing));
        Assert.DoesNotContain(Refused, known.Contains);
    }

    static bool IsOp(Type type) => type is { IsValueType: true, IsInterface: false }
        && type.GetInterfaces().Any(i => i.Name is "IOp" or "IUnaryFormula" or "IBinaryFormula" or "IWholeFormula"
            or "IComparison" or "IStaircase" or "IView");

    // Formulas of errors have gradients for training alone.
    static bool IsLoss(string name) => name.EndsWith("ErrorFormula", StringComparison.Ordinal)
        || name.EndsWith("DivergenceFormula", StringComparison.Ordinal)
        || name.EndsWith("CrossEntropyFormula", StringComparison.Ordinal) || name is "LossOp" or "ViewOp";

    static IEnumerable<string> Names(Type op) =>
        [op.Name.Split('`')[0], .. op.GetGenericArguments().Select(argument => argument.Name)];
}
