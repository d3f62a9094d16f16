using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// A step of a network that is only used: everything that depends on shapes and weights alone was done before, and
/// what it reads and writes is known.
/// </summary>
abstract class PreparedStep
{
    /// <summary>Does the images of a slot. Where it is one, all threads may share it.</summary>
    public abstract void Run(int slot, int images);
}

/// <summary>y = x·Wᵀ + b, perhaps with ReLU, with W packed.</summary>
sealed class PreparedLinear : PreparedStep
{
    readonly PackedMatrix<float> _weights;
    readonly float[] _bias;
    readonly ImageBuffer _x, _y;
    readonly bool _rectifies;

    /// <param name="weights">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="x">Samples without borders.</param>
    /// <param name="y">What it writes.</param>
    /// <param name="rectifies">True makes negative results 0.</param>
    public PreparedLinear(float[] weights, float[] bias, ImageBuffer x, ImageBuffer y, bool rectifies)
    {
        (_bias, _x, _y, _rectifies) = (bias, x, y, rectifies);
        _weights = new(new ReadOnlyMatrix<float>(weights, bias.Length, x.Images.Length).Transposed);
    }

    public override void Run(int slot, int images)
    {
        var x = new ReadOnlyMatrix<float>(_x.Numbers(slot, images), images, _x.Images.Length);
        var y = new Matrix<float>(_y.Numbers(slot, images), images, _bias.Length);
        ReadOnlyMatrix<float> start = ReadOnlyMatrix<float>.Row(_bias, images);
        if (_rectifies)
            Gemm.MultiplyPacked(x, _weights, start, y, default(Rectified));
        else
            Gemm.MultiplyPacked(x, _weights, start, y);
    }

    readonly struct Rectified : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.AtLeast(x, V.Zero);
    }
}
