using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>Numbers that an optimizer remembers between steps: one for each number of the parameters.</summary>
public sealed class OptimizerState
{
    readonly Block _values;
    readonly ParameterSlab _slab;

    internal OptimizerState(string name, ParameterSlab slab, double start)
    {
        (Name, _slab) = (name, slab);
        _values = Block.Allocate(slab.Length * slab.DType.Size);
        if (slab.DType == DType.Float64)
            _values.As<double>().Fill(start);
        else
            _values.As<float>().Fill((float)start);
    }

    /// <summary>The name, e.g. <c>velocity</c>.</summary>
    public string Name { get; }

    /// <summary>Whose numbers these are.</summary>
    internal IReadOnlyList<Parameter> Parameters => _slab.Parameters;

    /// <summary>
    /// All numbers, laid out as the slab's values; while the optimizer updates a part of them, those of this part.
    /// </summary>
    /// <exception cref="InvalidOperationException">T is not the parameters' type.</exception>
    public Span<T> Values<T>() where T : unmanaged => DTypeFacts.Of<T>() == _slab.DType
        ? _values.As<T>()[_slab.Chosen]
        : throw new InvalidOperationException(
            $"The optimizer's {Name} holds {_slab.DType}, not {DTypeFacts.Of<T>()}. Ask for its own type.");

    /// <summary>A copy of the numbers of one parameter, in its shape.</summary>
    /// <param name="parameter">Its place in the slab.</param>
    public Tensor Get(int parameter)
    {
        var leaf = new Leaf(_slab.Parameters[parameter].Shape, _slab.DType);
        Bytes(parameter).CopyTo(leaf.Value.Bytes);
        return new(leaf, 0);
    }

    /// <summary>Restores the numbers of one parameter.</summary>
    /// <param name="parameter">Its place in the slab.</param>
    /// <param name="values">The numbers, in the parameter's shape and type.</param>
    /// <exception cref="ArgumentException">Shape or type differ.</exception>
    public void Set(int parameter, Tensor values)
    {
        Parameter owner = _slab.Parameters[parameter];
        if (values.Shape != owner.Shape || values.DType != _slab.DType)
            throw new ArgumentException(
                $"The optimizer's {Name} of {owner.Name} is {_slab.DType} {owner.Shape}, but got "
                + $"{values.DType} {values.Shape}. Does this checkpoint belong to this model?", nameof(values));
        values.Node.Value.Bytes.CopyTo(Bytes(parameter));
    }

    Span<byte> Bytes(int parameter)
    {
        Range range = _slab.RangeOf(parameter);
        int size = _slab.DType.Size, start = range.Start.Value * size;
        return _values.Bytes[start..(range.End.Value * size)];
    }
}

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
