using System.Runtime.InteropServices;

namespace Hondo.Kernels;

/// <summary>A convolution by <see cref="Winograd"/> with its weights transformed once.</summary>
sealed unsafe class PreparedWinograd<V, S, L> : PreparedStep
    where V : struct where S : struct, IRegister<float, V> where L : struct, ILanes<L, float>
{
    readonly PreparedConvolution _step;
    readonly WinogradShape _shape;
    readonly float* _weights, _bias;

    public PreparedWinograd(PreparedConvolution step)
    {
        _step = step;
        _shape = WinogradShape.Forward(step.Sizes);
        nint length = WinogradWeights<V, S, L>.Length(_shape.Channels, _shape.Outputs);
        _weights = (float*)NativeMemory.AlignedAlloc((nuint)((length + _shape.Outputs) * sizeof(float)), 64);
        _bias = _weights + length;
        step.Bias.CopyTo(new Span<float>(_bias, _shape.Outputs));
        fixed (float* w = step.Weights)
            WinogradWeights<V, S, L>.Transform(w, _shape.Channels, _shape.Outputs, _weights);
    }

    /// <summary>Frees the weights.</summary>
    ~PreparedWinograd() => NativeMemory.AlignedFree(_weights);

    /// <inheritdoc/>
    public override void Run(int slot, int images)
    {
        var pass = new WinogradPass<V, S, L>(_shape, images, images == 1 ? _step.Threads : 1, Images(_step.X, slot, 0),
            _weights, _bias, _step.Added is null ? default : Images(_step.Added, slot, 0), _step.Limits,
            Images(_step.Y, slot, _step.Channel));
        Workers.Run(pass.Parts, pass);
        GC.KeepAlive(this);
    }

    static WinogradImages Images(ImageBuffer buffer, int slot, int channel)
    {
        BorderedImages images = buffer.Images;
        return new((nint)(buffer.Slot(slot) + images.Pixel(0, 0) + channel), images.Channels, images.RowStride,
            images.Length, images.Border);
    }
}
