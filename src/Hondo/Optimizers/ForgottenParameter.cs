using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>Finds the parameter that is in the loss but would never be trained, because no optimizer has it.</summary>
static class ForgottenParameter
{
    public static void Check(Tape tape)
    {
        // By number: going through a list by its interface would allocate in every epoch's short last batch.
        IReadOnlyList<Leaf> leaves = tape.ReachedLeaves;
        for (int i = 0; i < leaves.Count; i++)
            if (leaves[i].Parameter is { IsTrainable: true, Slab: null } parameter)
                throw new InvalidOperationException(Describe(parameter, LayerOf(leaves[i], tape)));
    }

    static string? LayerOf(Leaf leaf, Tape tape)
    {
        foreach (Call call in tape.Recording!.Calls)
            if (call.Inputs.Contains(leaf))
                return call.LayerPath;
        return null;
    }

    static string Describe(Parameter parameter, string? layer)
    {
        string name = parameter.Name.Length > 0 ? parameter.Name : "(without a name)";
        string where = layer is null ? "" : $", which {layer} uses,";
        return $"Parameter {name} {parameter.Shape}{where} is in the loss but in no optimizer: it would never be "
            + "trained. The layer that holds it, or holds its layer, must list it in its Parts method, "
            + "'parts.Add(TheParameterOrLayer)', before the optimizer is made of model.Parameters. To leave it as it "
            + "is on purpose, set IsTrainable = false.";
    }
}
