using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Syntax of <see cref="Compare{F}"/> and <see cref="CompareTo{F}"/>.</summary>
public static class CompareSyntax
{
    extension(Tensor)
    {
        /// <summary>1 where a &gt; b, else 0, with broadcasting.</summary>
        public static Tensor operator >(Tensor a, Tensor b) => Broadcast.Apply(new Compare<Greater>(), a, b);

        /// <summary>1 where a &gt; b, else 0.</summary>
        public static Tensor operator >(Tensor a, double b) => Tape.Apply(new CompareTo<Greater>(b), a);

        /// <summary>1 where a &lt; b, else 0, with broadcasting.</summary>
        public static Tensor operator <(Tensor a, Tensor b) => Broadcast.Apply(new Compare<Less>(), a, b);

        /// <summary>1 where a &lt; b, else 0.</summary>
        public static Tensor operator <(Tensor a, double b) => Tape.Apply(new CompareTo<Less>(b), a);

        /// <summary>1 where a ≥ b, else 0, with broadcasting.</summary>
        public static Tensor operator >=(Tensor a, Tensor b) => Broadcast.Apply(new Compare<GreaterOrEqual>(), a, b);

        /// <summary>1 where a ≥ b, else 0.</summary>
        public static Tensor operator >=(Tensor a, double b) => Tape.Apply(new CompareTo<GreaterOrEqual>(b), a);

        /// <summary>1 where a ≤ b, else 0, with broadcasting.</summary>
        public static Tensor operator <=(Tensor a, Tensor b) => Broadcast.Apply(new Compare<LessOrEqual>(), a, b);

        /// <summary>1 where a ≤ b, else 0.</summary>
        public static Tensor operator <=(Tensor a, double b) => Tape.Apply(new CompareTo<LessOrEqual>(b), a);
    }
}
