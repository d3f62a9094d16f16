using Hondo.Tensors;

namespace Hondo.Tests.Ops;

/// <summary>The ops of the library, and those that a computation used.</summary>
static class OpTypes
{
    /// <summary>Every op and every formula that a generic op lifts, by the name of its type.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Libraries.Types
            .Where(t => t is { IsValueType: true, IsAbstract: false }
                && (t.IsAssignableTo(typeof(IOp)) || IsFormula(t)))
            .Select(Name).Where(name => name is not ("Unary" or "Binary" or "View" or "Loss" or "Staircase" or "Extreme"
                or "ArgExtreme" or "Triangle"))
            .Distinct().Order(),
    ];

    static bool IsFormula(Type type) => type.IsAssignableTo(typeof(Hondo.Ops.IUnaryFormula))
        || type.IsAssignableTo(typeof(Hondo.Ops.IBinaryFormula)) || type.IsAssignableTo(typeof(Hondo.Ops.IStaircase))
        || type.IsAssignableTo(typeof(Hondo.Ops.IComparison)) || type.IsAssignableTo(typeof(Hondo.Ops.IExtreme))
        || type.IsAssignableTo(typeof(Hondo.Ops.ITriangle)) || type.IsAssignableTo(typeof(IView));

    /// <summary>The ops that a case records, lifted formulas by their own names too.</summary>
    public static HashSet<string> Used(OpCase @case)
    {
        var tape = new Tape();
        using var step = tape.Open(new StepInfo(Mode.Training, 1, 1));
        _ = @case.Apply(@case.Inputs);
        var used = new HashSet<string>();
        foreach (Call call in tape.Recording!.Calls)
            if (call.GetType() is { IsGenericType: true } type)
                AddWithArguments(type.GenericTypeArguments[0], used);
        return used;
    }

    static void AddWithArguments(Type op, HashSet<string> used)
    {
        used.Add(Name(op));
        foreach (Type formula in op.GenericTypeArguments)
            AddWithArguments(formula, used);
    }

    /// <summary>The name without what it is: Relu of ReluFormula, MatMul of MatMulOp.</summary>
    static string Name(Type type)
    {
        string name = type.Name.Split('`')[0];
        return name.EndsWith("Formula", StringComparison.Ordinal) ? name[..^7]
            : name.EndsWith("View", StringComparison.Ordinal) ? name[..^4]
            : name.EndsWith("Op", StringComparison.Ordinal) ? name[..^2] : name;
    }
}
