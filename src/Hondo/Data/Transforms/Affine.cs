namespace Hondo.Data;

/// <summary>
/// Where each pixel of a new picture comes from: x' = A·x + B·y + C, y' = D·x + E·y + F, in pixels from the middle.
/// </summary>
readonly record struct Affine(double A, double B, double C, double D, double E, double F)
{
    /// <summary>Every pixel stays.</summary>
    public static Affine Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>This change, and then another one: both in one pass over the pixels.</summary>
    public Affine Then(Affine next) => new(
        A * next.A + B * next.D, A * next.B + B * next.E, A * next.C + B * next.F + C,
        D * next.A + E * next.D, D * next.B + E * next.E, D * next.C + E * next.F + F);

    /// <summary>The same with the first pixel at (0, 0) in place of the middle.</summary>
    public Affine FromCorner(int height, int width)
    {
        double middleX = (width - 1) * 0.5, middleY = (height - 1) * 0.5;
        return this with
        {
            C = C + middleX - A * middleX - B * middleY,
            F = F + middleY - D * middleX - E * middleY,
        };
    }

    /// <summary>True when pixels only change places: nothing is interpolated.</summary>
    public bool MovesWholePixels => B == 0 && D == 0 && Math.Abs(A) == 1 && Math.Abs(E) == 1
        && C == Math.Floor(C) && F == Math.Floor(F);
}
