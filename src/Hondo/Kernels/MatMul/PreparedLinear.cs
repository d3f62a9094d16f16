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

/// <summary>What a step's outputs are kept within: nothing, 0 and more (ReLU), 0 to 6 (ReLU6).</summary>
readonly record struct Limits(float Least, float Most)
{
    /// <summary>Any number.</summary>
    public static Limits None { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>True where a number can lie outside.</summary>
    public bool Matter => this != None;
}

/// <summary>y = x·Wᵀ + b, perhaps with ReLU, with W packed.</summary>
sealed class PreparedLinear : PreparedStep
{
    readonly PackedMatrix<float> _weights;
    readonly float[] _bias;
    readonly ImageBuffer _x, _y;
    readonly Limits _limits;

    /// <param name="weights">[outputs, inputs].</param>
    /// <param name="bias">[outputs].</param>
    /// <param name="x">Samples without borders.</param>
    /// <param name="y">What it writes.</param>
    /// <param name="limits">What the results are kept within.</param>
    public PreparedLinear(float[] weights, float[] bias, ImageBuffer x, ImageBuffer y, Limits limits)
    {
        (_bias, _x, _y, _limits) = (bias, x, y, limits);
        _weights = new(new ReadOnlyMatrix<float>(weights, bias.Length, x.Images.Length).Transposed);
    }

    public override void Run(int slot, int images)
    {
        var x = new ReadOnlyMatrix<float>(_x.Numbers(slot, images), images, _x.Images.Length);
        var y = new Matrix<float>(_y.Numbers(slot, images), images, _bias.Length);
        ReadOnlyMatrix<float> start = ReadOnlyMatrix<float>.Row(_bias, images);
        if (_limits.Matter)
            Gemm.MultiplyPacked(x, _weights, start, y, new Within(_limits));
        else
            Gemm.MultiplyPacked(x, _weights, start, y);
    }

    readonly struct Within(Limits limits) : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> =>
            V.Clamp(x, V.Create(limits.Least), V.Create(limits.Most));
    }
}
