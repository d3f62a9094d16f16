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
        Visit(z, (xi, wi, yi) => y[yi] = T.FusedMultiplyAdd(x[xi], w[wi], y[yi]));
    }

    public static void Backward<T>(ConvolutionSizes z, T[] dy, T[] w, T[] dx) where T : IBinaryFloatingPointIeee754<T>
        => Visit(z, (xi, wi, yi) => dx[xi] = T.FusedMultiplyAdd(dy[yi], w[wi], dx[xi]), Scatters(z));

    public static void BackwardWeights<T>(ConvolutionSizes z, T[] x, T[] dy, T[] dw)
        where T : IBinaryFloatingPointIeee754<T>
        => Visit(z, (xi, wi, yi) => dw[wi] = T.FusedMultiplyAdd(x[xi], dy[yi], dw[wi]));

    // Kernel places outermost: each y then sums over (place, input channel), each x over (place, output channel), and
    // each weight over the pixels in order.
    static void Visit(ConvolutionSizes z, Action<int, int, int> use, bool fromRight = false)
    {
        int inputs = z.Channels / z.Groups, outputs = z.Outputs / z.Groups;
        var (v, h) = (z.Vertical, z.Horizontal);
        for (int i = 0; i < z.Taps; i++)
        {
            int tap = fromRight ? i / h.Kernel * h.Kernel + h.Kernel - 1 - i % h.Kernel : i;
            for (int pixel = 0; pixel < z.Batch * v.Output * h.Output; pixel++)
            {
                var (image, row, column, _) = Place(pixel, v.Output, h.Output, 1);
                int y = row * v.Stride + tap / h.Kernel * v.Dilation - v.Before;
                int x = column * h.Stride + tap % h.Kernel * h.Dilation - h.Before;
                if (y < 0 || y >= v.Input || x < 0 || x >= h.Input)
                    continue;
                for (int c = 0; c < z.Channels; c++)
                    for (int o = c / inputs * outputs; o < (c / inputs + 1) * outputs; o++)
                        use(((image * v.Input + y) * h.Input + x) * z.Channels + c,
                            (tap * inputs + c % inputs) * z.Outputs + o, pixel * z.Outputs + o);
            }
        }
    }

    // Outputs from left to right are, for an input, places of the kernel from right to left.
    static bool Scatters(ConvolutionSizes z) => ConvolutionScatter<float, float, RegisterScalar<float>>.IsBetter(z);

    static (int Image, int Row, int Column, int Channel) Place(int i, int rows, int columns, int channels) =>
        (i / channels / columns / rows, i / channels / columns % rows, i / channels % columns, i % channels);
}
