using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Syntax of <see cref="EqualFormula"/> and <see cref="NotEqualFormula"/>: == is kept for C#'s own meaning.</summary>
public static class EqualitySyntax
{
    extension(Tensor a)
    {
        /// <summary>1 where a = b, else 0, with broadcasting.</summary>
        public Tensor EqualTo(Tensor b) => Broadcast.Apply(new CompareOp<EqualFormula>(), a, b);

        /// <summary>1 where a = b, else 0.</summary>
        public Tensor EqualTo(double b) => Tape.Apply(new CompareToOp<EqualFormula>(b), a);

        /// <summary>1 where a ≠ b, else 0, with broadcasting.</summary>
        public Tensor NotEqualTo(Tensor b) => Broadcast.Apply(new CompareOp<NotEqualFormula>(), a, b);

        /// <summary>1 where a ≠ b, else 0.</summary>
        public Tensor NotEqualTo(double b) => Tape.Apply(new CompareToOp<NotEqualFormula>(b), a);
    }
}
