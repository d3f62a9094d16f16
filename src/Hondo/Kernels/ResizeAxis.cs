namespace Hondo.Kernels;

/// <summary>One axis of a resizing: which inputs each output is made of, and how much of each, as PyTorch's.</summary>
/// <param name="Input">Length of the input.</param>
/// <param name="Output">Length of the output.</param>
/// <param name="Interpolation">How.</param>
/// <param name="AlignCorners">True lays the first and last pixels of both on each other; not for nearest.</param>
public readonly record struct ResizeAxis(int Input, int Output, Interpolation Interpolation, bool AlignCorners)
{
    const double Keys = -0.75;

    /// <summary>How many inputs make an output.</summary>
    internal int Taps => Interpolation switch
    {
        Interpolation.Nearest => 1,
        Interpolation.Bilinear => 2,
        _ => 4,
    };

    /// <summary>Input k of an output, and its weight.</summary>
    internal (int Input, double Weight) Tap(int o, int k)
    {
        if (Interpolation == Interpolation.Nearest)
            return ((int)Math.Min(Input - 1, (long)o * Input / Output), 1);
        double place = AlignCorners
            ? Output > 1 ? o * ((Input - 1.0) / (Output - 1)) : 0
            : ((o + 0.5) * ((double)Input / Output)) - 0.5;
        if (Interpolation == Interpolation.Bilinear)
            place = Math.Max(0, place);
        int first = (int)Math.Floor(place);
        double rest = place - first;
        return Interpolation == Interpolation.Bilinear
            ? (Math.Min(Input - 1, first + k), k == 0 ? 1 - rest : rest)
            : (Math.Clamp(first - 1 + k, 0, Input - 1), Cubic(Math.Abs(rest + 1 - k)));
    }

    static double Cubic(double distance) => distance <= 1
        ? (((Keys + 2) * distance) - (Keys + 3)) * distance * distance + 1
        : (((Keys * distance) - (5 * Keys)) * distance + 8 * Keys) * distance - 4 * Keys;
}
