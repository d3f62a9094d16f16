namespace Hondo.Tensors;

/// <summary>One recorded call: a node that knows how to compute itself again.</summary>
abstract class Call(Shape shape, DType type, bool needsGradient, Tape tape, Block memo)
    : Node(shape, type, needsGradient, tape)
{
    /// <summary>True when an operand was a gradient of this step.</summary>
    public bool ComesOfGradient { get; init; }

    public override bool IsOfGradient => ComesOfGradient;

    /// <summary>What Forward left for Backward.</summary>
    public Block Memo { get; } = memo;

    /// <summary>True when the value is the first input's memory.</summary>
    public virtual bool SharesMemory => false;

    /// <summary>True when what it computes is recorded on a tape of its own.</summary>
    public virtual bool HasOwnTape => false;

    /// <summary>Multiply-adds of one Forward; 0 of elementwise ops.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>Computes the value from the inputs' values.</summary>
    public abstract void Run(in StepInfo step);

    /// <summary>Adds to the inputs' gradients. Bit i of the mask: input i's gradient holds something already.</summary>
    public abstract void RunBackward(in StepInfo step, uint accumulates);

    /// <summary>The same op on other operands.</summary>
    public abstract Tensor Reapply(ReadOnlySpan<Tensor> operands);

    /// <summary>Shows the call to somebody who must know the type of its op.</summary>
    public virtual void Show(ICallVisitor visitor) => throw new System.Diagnostics.UnreachableException();

    /// <summary>True when Backward overwrites the memory of gradients that hold nothing yet.</summary>
    public abstract bool OverwritesGradients { get; }
}

/// <summary>A recorded call of an op.</summary>
sealed class Call<TOp>(TOp op, Node[] inputs, Shape shape, DType type, bool needsGradient, Tape tape, Block memo)
    : Call(shape, type, needsGradient, tape, memo)
    where TOp : struct, IOp, IEquatable<TOp>
{
    /// <summary>The type in which the op computes.</summary>
    public DType Working { get; } = Kernel.WorkingType(type, inputs);

    public override string Name => TOp.Name;

    public override ReadOnlySpan<Node> Inputs => inputs;

    public override bool OverwritesGradients => TOp.OverwritesGradients;

    public override bool SharesMemory => TOp.SharesMemory;

    /// <summary>The op with its attributes.</summary>
    public TOp Op => op;

    public override long MultiplyAdds => op.MultiplyAdds([.. inputs.Select(node => node.Shape)], Shape);

    public bool IsSameAs(in TOp other, ReadOnlySpan<Node> operands)
    {
        if (operands.Length != inputs.Length)
            return false;
        for (int i = 0; i < operands.Length; i++)
            if (!ReferenceEquals(operands[i], inputs[i]))
                return false;
        return op.Equals(other);
    }

    public override void Run(in StepInfo step)
    {
        // Each time anew: an optimizer made since may have moved a parameter into its slab.
        if (TOp.SharesMemory)
            Value = inputs[0].Value;
        else
            Kernel.Forward(op, Working, inputs, this, Memo, step);
    }

    public override void RunBackward(in StepInfo step, uint accumulates) =>
        Kernel.Backward(op, Working, inputs, this, Memo, step, accumulates);

    public override Tensor Reapply(ReadOnlySpan<Tensor> operands) => Tape.Apply(op, operands);

    public override void Show(ICallVisitor visitor) => visitor.Visit(this);
}

/// <summary>Somebody who must know the type of a call's op.</summary>
interface ICallVisitor
{
    void Visit<TOp>(Call<TOp> call) where TOp : struct, IOp, IEquatable<TOp>;
}

/// <summary>Numbers that enter a step from outside and are refilled in place in the next one.</summary>
sealed class InputCall(Shape shape, DType type, Tape tape) : Call(shape, type, needsGradient: false, tape, default)
{
    public override string Name => "Input";

    public override ReadOnlySpan<Node> Inputs => [];

    public override bool OverwritesGradients => true;

    public override long MultiplyAdds => 0;

    public override void Run(in StepInfo step) { }

    public override void RunBackward(in StepInfo step, uint accumulates) { }

    public override Tensor Reapply(ReadOnlySpan<Tensor> operands) => new(this, Tape!.StepNumber);
}
