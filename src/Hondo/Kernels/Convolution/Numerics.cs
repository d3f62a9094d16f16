namespace Hondo.Kernels;

/// <summary>Which of two ways to the same numbers is taken where one is faster and the other more exact.</summary>
public static class Numerics
{
    static volatile bool _exact;

    /// <summary>
    /// True computes each output of a 3×3 convolution by its own products alone. False, the default, lets
    /// convolutions of float32 with channels in multiples of 16 on maps from 8×8 go by Winograd's algorithm, two to
    /// three times as fast: an error there is relative to the largest number of a tile of 6×6 inputs (about 1e-6 of
    /// it), zeros become numbers of that size, and an infinity or NaN spreads to its whole tile. Set it before a run:
    /// each way always gives the same bits, but not those of the other.
    /// </summary>
    public static bool Exact
    {
        get => _exact;
        set => _exact = value;
    }
}
