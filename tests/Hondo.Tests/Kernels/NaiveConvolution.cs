using System.Numerics;
using Hondo.Kernels;

namespace Hondo.Tests.Kernels;

/// <summary>Convolutions as their definition says, number by number, in the order of the kernels' chains.</summary>
static class NaiveConvolution
{
    public static void Forward<T>(ConvolutionSizes z, T[] x, T[] w, T[]? bias, T[] y)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++)
        {
            var (_, _, _, o) = Place(i, z.Vertical.Output, z.Horizontal.Output, z.Outputs);
            y[i] = bias is null ? T.Zero : bias[o];
        }
        Visit(z, (xi, wi, yi) => y[yi] = T.FusedMultiplyAdd(x[xi], w[wi], y[yi]), c: IsInThrees(z, false));
    }

    public static void Backward<T>(ConvolutionSizes z, T[] dy, T[] w, T[] dx) where T : IBinaryFloatingPointIeee754<T>
        => Visit(z, (xi, wi, yi) => dx[xi] = T.FusedMultiplyAdd(dy[yi], w[wi], dx[xi]),
            fromRight: Scatters(z) || IsInThrees(z, true), o: !Scatters(z) && IsInThrees(z, true));

    public static void BackwardWeights<T>(ConvolutionSizes z, T[] x, T[] dy, T[] dw)
        where T : IBinaryFloatingPointIeee754<T>
        => Visit(z, (xi, wi, yi) => dw[wi] = T.FusedMultiplyAdd(x[xi], dy[yi], dw[wi]));

    // Kernel places outermost: each y then sums over (place, input channel), each x over (place, output channel), and
    // each weight over the pixels in order. Where places come in threes, y sums over (row of the kernel, input channel
    // c, column), x over (row, output channel o, column).
    static void Visit(ConvolutionSizes z, Action<int, int, int> use, bool fromRight = false, bool c = false,
        bool o = false)
    {
        int channels = c ? z.Channels : o ? z.Outputs : 1, width = z.Horizontal.Kernel;
        for (int row = 0; row < z.Vertical.Kernel; row++)
            for (int channel = 0; channel < channels; channel++)
                for (int column = 0; column < width; column++)
                    VisitPlace(z, row, fromRight ? width - 1 - column : column, (x, input, w, output, y) =>
                    {
                        if ((!c || input == channel) && (!o || output == channel))
                            use(x + input, w + output, y + output);
                    });
    }

    static void VisitPlace(ConvolutionSizes z, int kernelRow, int kernelColumn, Action<int, int, int, int, int> use)
    {
        int inputs = z.Channels / z.Groups, outputs = z.Outputs / z.Groups;
        int tap = kernelRow * z.Horizontal.Kernel + kernelColumn;
        var (v, h) = (z.Vertical, z.Horizontal);
        for (int pixel = 0; pixel < z.Batch * v.Output * h.Output; pixel++)
        {
            var (image, row, column, _) = Place(pixel, v.Output, h.Output, 1);
            int y = row * v.Stride + kernelRow * v.Dilation - v.Before;
            int x = column * h.Stride + kernelColumn * h.Dilation - h.Before;
            if (y < 0 || y >= v.Input || x < 0 || x >= h.Input)
                continue;
            for (int c = 0; c < z.Channels; c++)
                for (int o = c / inputs * outputs; o < (c / inputs + 1) * outputs; o++)
                    use(((image * v.Input + y) * h.Input + x) * z.Channels, c, (tap * inputs + c % inputs) * z.Outputs,
                        o, pixel * z.Outputs);
        }
    }

    static bool IsInThrees(ConvolutionSizes z, bool isBackward) =>
        ConvolutionPass<float, float, RegisterScalar<float>>.IsInThrees(z, isBackward);

    // Outputs from left to right are, for an input, places of the kernel from right to left.
    static bool Scatters(ConvolutionSizes z) => ConvolutionScatter<float, float, RegisterScalar<float>>.IsBetter(z);

    static (int Image, int Row, int Column, int Channel) Place(int i, int rows, int columns, int channels) =>
        (i / channels / columns / rows, i / channels / columns % rows, i / channels % columns, i % channels);
}
