using Hondo.Tensors;

namespace Hondo.Ops;

public static partial class TensorExtensions
{
    extension(Tensor a)
    {
        /// <summary>a·b / (‖a‖ ‖b‖) along an axis: the cosine of the angle between the vectors.</summary>
        /// <param name="b">The other vectors, in the same shape.</param>
        /// <param name="axis">The axis along which the vectors lie.</param>
        /// <param name="epsilon">The least product of lengths to divide by.</param>
        public Tensor CosineSimilarity(Tensor b, int axis = -1, double epsilon = 1e-8) =>
            (a * b).Sum(axis) / (a.Norm(axis) * b.Norm(axis)).Clip(low: epsilon);

        /// <summary>1 − cos where the sign is 1, max(0, cos − margin) where it is −1; the mean over the rows.</summary>
        /// <param name="b">The other vectors [rows, features].</param>
        /// <param name="sign">1 for vectors that belong together, −1 for others [rows].</param>
        /// <param name="margin">Below this cosine, others cost nothing.</param>
        public Tensor CosineEmbedding(Tensor b, Tensor sign, double margin = 0)
        {
            Tensor cosine = a.CosineSimilarity(b);
            return (sign > 0).Where(1 - cosine, (cosine - margin).Relu()).Mean();
        }

        /// <summary>max(0, margin − sign · (a − b)), the mean: a should rank above b where the sign is 1.</summary>
        /// <param name="b">The other scores, in the same shape.</param>
        /// <param name="sign">1 or −1, in the same shape.</param>
        /// <param name="margin">By how much.</param>
        public Tensor MarginRanking(Tensor b, Tensor sign, double margin = 0) =>
            (margin - sign * (a - b)).Relu().Mean();

        /// <summary>
        /// max(0, ‖anchor − positive‖ − ‖anchor − negative‖ + margin), the mean over the rows; this tensor is the
        /// anchor [rows, features] (Schroff et al. 2015, arXiv:1503.03832)
        /// </summary>
        /// <param name="positive">Vectors that belong to the anchors.</param>
        /// <param name="negative">Vectors that do not.</param>
        /// <param name="margin">By how much nearer the former should be.</param>
        /// <param name="epsilon">Added to every difference, so that equal vectors have a gradient.</param>
        public Tensor TripletMargin(Tensor positive, Tensor negative, double margin = 1, double epsilon = 1e-6)
        {
            Tensor near = (a - positive + epsilon).Norm(-1), far = (a - negative + epsilon).Norm(-1);
            return (near - far + margin).Relu().Mean();
        }

        /// <summary>
        /// ½(ln v + (a − b)² / v), the mean: the negative log-likelihood of b under means and variances.
        /// </summary>
        /// <param name="b">The truth, in the same shape.</param>
        /// <param name="variance">v, in the same shape or broadcast to it.</param>
        /// <param name="epsilon">The least variance.</param>
        public Tensor GaussianNll(Tensor b, Tensor variance, double epsilon = 1e-6)
        {
            Tensor v = variance.Clip(low: epsilon);
            return (v.Log() + (a - b).Square() / v).Mean() * 0.5;
        }
    }
}
