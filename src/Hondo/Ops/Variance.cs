using Hondo.Tensors;

namespace Hondo.Ops;

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>The variance of all numbers.</summary>
        /// <param name="correction">Subtracted from n: 1 estimates the population's variance, 0 gives that of
        /// x.</param>
        public Tensor Var(int correction = 1) => (x - x.Mean()).Square().Sum() * Share(x.Size, correction);

        /// <summary>The variance along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        /// <param name="correction">Subtracted from n: 1 estimates the population's variance, 0 gives that of
        /// x.</param>
        public Tensor Var(int axis, bool keepDims, int correction = 1) => x.Var([axis], keepDims, correction);

        /// <summary>The variance along several axes.</summary>
        /// <param name="axes">The axes.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        /// <param name="correction">Subtracted from n: 1 estimates the population's variance, 0 gives that of
        /// x.</param>
        public Tensor Var(ReadOnlySpan<int> axes, bool keepDims = false, int correction = 1) =>
            (x - x.Mean(axes, keepDims: true)).Square().Sum(axes, keepDims)
                * Share(Axes.Length(x.Shape, axes), correction);

        /// <summary>The standard deviation of all numbers.</summary>
        /// <param name="correction">Subtracted from n: 1 estimates the population's deviation, 0 gives that of
        /// x.</param>
        public Tensor Std(int correction = 1) => x.Var(correction).Sqrt();

        /// <summary>The standard deviation along an axis; −1 is the last.</summary>
        /// <param name="axis">The axis.</param>
        /// <param name="keepDims">True leaves the axis with length 1 instead of removing it.</param>
        /// <param name="correction">Subtracted from n: 1 estimates the population's deviation, 0 gives that of
        /// x.</param>
        public Tensor Std(int axis, bool keepDims, int correction = 1) => x.Var([axis], keepDims, correction).Sqrt();

        /// <summary>The standard deviation along several axes.</summary>
        /// <param name="axes">The axes.</param>
        /// <param name="keepDims">True leaves the axes with length 1 instead of removing them.</param>
        /// <param name="correction">Subtracted from n: 1 estimates the population's deviation, 0 gives that of
        /// x.</param>
        public Tensor Std(ReadOnlySpan<int> axes, bool keepDims = false, int correction = 1) =>
            x.Var(axes, keepDims, correction).Sqrt();
    }

    static double Share(int count, int correction) => 1.0 / Math.Max(0, count - correction);
}
