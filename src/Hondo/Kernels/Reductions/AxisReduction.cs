using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// Reductions along the middle axis      [outer, along, inner] → [outer, inner]. The order of operations depends on the
/// shape alone: the same bits for every SIMD width.
/// </summary>
static class AxisReduction
{
    const int Block = 2048;

    /// <summary>y = Σ x along the middle axis.</summary>
    public static void Sum<T>(ReadOnlySpan<T> x, int outer, int along, int inner, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int o = 0, start = 0; o < outer; o++, start += along * inner)
            if (inner == 1)
                y[o] = T.CreateTruncating(Reduction.Sum(x.Slice(start, along)));
            else
                Reduction.SumRows(x.Slice(start, along * inner), along, inner, y.Slice(o * inner, inner), false);
    }

    /// <summary>
    /// y = x₀ ∘ x₁ ∘ … along the middle axis, which must not be empty. Along contiguous numbers halves are joined with
    /// halves, at full SIMD width.
    /// </summary>
    public static void Fold<F, T>(F join, ReadOnlySpan<T> x, int outer, int along, int inner, Span<T> y)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int o = 0, start = 0; o < outer; o++, start += along * inner)
            if (inner == 1)
                y[o] = FoldRow(join, x.Slice(start, along));
            else
                FoldRows(join, x.Slice(start, along * inner), y.Slice(o * inner, inner));
    }

    static void FoldRows<F, T>(F join, ReadOnlySpan<T> x, Span<T> y)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x[..y.Length].CopyTo(y);
        for (int i = y.Length; i < x.Length; i += y.Length)
            Loops.Map(join, (ReadOnlySpan<T>)y, x.Slice(i, y.Length), y);
    }

    [SkipLocalsInit]
    static T FoldRow<F, T>(F join, ReadOnlySpan<T> x)
        where F : struct, IBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> kept = stackalloc T[Block];
        int length = Math.Min(Block, x.Length);
        x[..length].CopyTo(kept);
        for (int i = length; i < x.Length; i += Block)
        {
            int count = Math.Min(Block, x.Length - i);
            Loops.Map(join, (ReadOnlySpan<T>)kept[..count], x.Slice(i, count), kept[..count]);
        }
        while (length > 1)
        {
            int half = length / 2, rest = length - half;
            Loops.Map(join, (ReadOnlySpan<T>)kept[..half], kept.Slice(rest, half), kept[..half]);
            length = rest;
        }
        return kept[0];
    }
}

/// <summary>Neighbouring targets of a phase that see the same of the kernel's places, the others lie outside.</summary>
/// <param name="From">The first target.</param>
/// <param name="Count">How many targets.</param>
/// <param name="Skipped">How many places before the first that is seen.</param>
/// <param name="Taps">How many places are seen.</param>
readonly record struct AxisSpan(int From, int Count, int Skipped, int Taps);
