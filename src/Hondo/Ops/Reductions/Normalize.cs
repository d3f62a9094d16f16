using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Lengths by any power, and vectors of length 1, composed of other ops.</summary>
public static class NormalizeSyntax
{
    extension(Tensor x)
    {
        /// <summary>
        /// (Σ |x|ᵖ)^(1/p) along some axes: 1 sums the magnitudes; for 2 use <c>Norm</c> without a power.
        /// </summary>
        /// <param name="power">p, above 0.</param>
        /// <param name="axes">The axes.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        public Tensor PowerNorm(double power, ReadOnlySpan<int> axes, bool keepDims = false) => power switch
        {
            1 => x.Abs().Sum(axes, keepDims),
            2 => x.Norm(axes, keepDims),
            _ => x.Abs().Pow(power).Sum(axes, keepDims).Pow(1 / power),
        };

        /// <summary>x / ‖x‖ along an axis: vectors of length 1 in the same directions.</summary>
        /// <param name="axis">The axis along which the vectors lie.</param>
        /// <param name="epsilon">Shorter vectors are divided by this instead.</param>
        public Tensor Normalize(int axis = -1, double epsilon = 1e-12) =>
            x / x.Norm(axis, keepDims: true).Clip(low: epsilon);
    }
}
