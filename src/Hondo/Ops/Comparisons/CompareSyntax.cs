using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Syntax of <see cref="CompareOp{F}"/> and <see cref="CompareToOp{F}"/>.</summary>
public static class CompareSyntax
{
    extension(Tensor)
    {
        /// <summary>1 where a &gt; b, else 0, with broadcasting.</summary>
        public static Tensor operator >(Tensor a, Tensor b) => Broadcast.Apply(new CompareOp<GreaterFormula>(), a, b);

        /// <summary>1 where a &gt; b, else 0.</summary>
        public static Tensor operator >(Tensor a, double b) => Tape.Apply(new CompareToOp<GreaterFormula>(b), a);

        /// <summary>1 where a &lt; b, else 0, with broadcasting.</summary>
        public static Tensor operator <(Tensor a, Tensor b) => Broadcast.Apply(new CompareOp<LessFormula>(), a, b);

        /// <summary>1 where a &lt; b, else 0.</summary>
        public static Tensor operator <(Tensor a, double b) => Tape.Apply(new CompareToOp<LessFormula>(b), a);

        /// <summary>1 where a ≥ b, else 0, with broadcasting.</summary>
        public static Tensor operator >=(Tensor a, Tensor b) => Broadcast.Apply(new CompareOp<GreaterOrEqualFormula>(), a, b);

        /// <summary>1 where a ≥ b, else 0.</summary>
        public static Tensor operator >=(Tensor a, double b) => Tape.Apply(new CompareToOp<GreaterOrEqualFormula>(b), a);

        /// <summary>1 where a ≤ b, else 0, with broadcasting.</summary>
        public static Tensor operator <=(Tensor a, Tensor b) => Broadcast.Apply(new CompareOp<LessOrEqualFormula>(), a, b);

        /// <summary>1 where a ≤ b, else 0.</summary>
        public static Tensor operator <=(Tensor a, double b) => Tape.Apply(new CompareToOp<LessOrEqualFormula>(b), a);
    }
}
