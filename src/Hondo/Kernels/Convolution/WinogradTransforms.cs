using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// The transforms of F(4, 3) along one axis, at the points 0, ±3/4, ±3/2 and ∞: rounding errors are 3 to 5 times
/// smaller than at 0, ±1, ±2, and all but three constants are exact. Lanes are channels. Constants stand where they
/// are used, and nothing here is nested deeper than an operator: the compiler stops inlining at some budget.
/// </summary>
static unsafe class WinogradTransforms<L> where L : struct, ILanes<L, float>
{
    const double A = 0.75, B = 1.5, A2 = A * A, B2 = B * B;
    const double AtZero = 1 / (A2 * B2), AtA = 1 / (2 * A2 * (A2 - B2)), AtB = 1 / (2 * B2 * (B2 - A2));

    /// <summary>6 inputs d to 6 numbers Bᵀd.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Input(float* p0, float* p1, float* p2, float* p3, float* p4, float* p5, float* to, nint step)
    {
        L d0 = L.Load(ref *p0, 0), d1 = L.Load(ref *p1, 0), d2 = L.Load(ref *p2, 0);
        L d3 = L.Load(ref *p3, 0), d4 = L.Load(ref *p4, 0), d5 = L.Load(ref *p5, 0);
        L first = L.FusedMultiplyAdd(L.Create(-A2 - B2), d2, d4), last = L.FusedMultiplyAdd(L.Create(-A2 - B2), d3, d5);
        L.Store(L.FusedMultiplyAdd(L.Create(A2 * B2), d0, first), ref *to, 0);
        L.Store(L.FusedMultiplyAdd(L.Create(A2 * B2), d1, last), ref *to, 5 * step);
        L even = L.FusedMultiplyAdd(L.Create(-B2), d2, d4), odd = L.FusedMultiplyAdd(L.Create(-B2), d1, d3);
        L.Store(L.FusedMultiplyAdd(L.Create(A), odd, even), ref *to, step);
        L.Store(L.FusedMultiplyAdd(L.Create(-A), odd, even), ref *to, 2 * step);
        even = L.FusedMultiplyAdd(L.Create(-A2), d2, d4);
        odd = L.FusedMultiplyAdd(L.Create(-A2), d1, d3);
        L.Store(L.FusedMultiplyAdd(L.Create(B), odd, even), ref *to, 3 * step);
        L.Store(L.FusedMultiplyAdd(L.Create(-B), odd, even), ref *to, 4 * step);
    }

    /// <summary>6 products m to 4 outputs Aᵀm.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Output(float* m, nint step, out L y0, out L y1, out L y2, out L y3)
    {
        L m1 = L.Load(ref *m, step), m2 = L.Load(ref *m, 2 * step);
        L m3 = L.Load(ref *m, 3 * step), m4 = L.Load(ref *m, 4 * step);
        L s = m1 + m2, d = m1 - m2, t = m3 + m4, e = m3 - m4;
        y0 = L.Load(ref *m, 0) + s + t;
        y1 = L.FusedMultiplyAdd(L.Create(A), d, L.Create(B) * e);
        y2 = L.FusedMultiplyAdd(L.Create(A2), s, L.Create(B2) * t);
        y3 = L.FusedMultiplyAdd(L.Create(A2 * A), d,
            L.FusedMultiplyAdd(L.Create(B2 * B), e, L.Load(ref *m, 5 * step)));
    }

    /// <summary>3 weights g to 6 numbers Gg.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Weights(L g0, L g1, L g2, float* to, nint step)
    {
        L.Store(g0 * L.Create(AtZero), ref *to, 0);
        L even = L.FusedMultiplyAdd(L.Create(A2), g2, g0), odd = L.Create(A) * g1;
        L.Store((even + odd) * L.Create(AtA), ref *to, step);
        L.Store((even - odd) * L.Create(AtA), ref *to, 2 * step);
        even = L.FusedMultiplyAdd(L.Create(B2), g2, g0);
        odd = L.Create(B) * g1;
        L.Store((even + odd) * L.Create(AtB), ref *to, 3 * step);
        L.Store((even - odd) * L.Create(AtB), ref *to, 4 * step);
        L.Store(g2, ref *to, 5 * step);
    }

    /// <summary>4 gradients dy to 6 numbers A·dy: the transposed <see cref="Output"/>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Gradient(float* p0, float* p1, float* p2, float* p3, float* to, nint step)
    {
        L y0 = L.Load(ref *p0, 0), y1 = L.Load(ref *p1, 0), y2 = L.Load(ref *p2, 0), y3 = L.Load(ref *p3, 0);
        L.Store(y0, ref *to, 0);
        L even = L.FusedMultiplyAdd(L.Create(A2), y2, y0), odd = L.FusedMultiplyAdd(L.Create(A2), y3, y1);
        L.Store(L.FusedMultiplyAdd(L.Create(A), odd, even), ref *to, step);
        L.Store(L.FusedMultiplyAdd(L.Create(-A), odd, even), ref *to, 2 * step);
        even = L.FusedMultiplyAdd(L.Create(B2), y2, y0);
        odd = L.FusedMultiplyAdd(L.Create(B2), y3, y1);
        L.Store(L.FusedMultiplyAdd(L.Create(B), odd, even), ref *to, 3 * step);
        L.Store(L.FusedMultiplyAdd(L.Create(-B), odd, even), ref *to, 4 * step);
        L.Store(y3, ref *to, 5 * step);
    }

    /// <summary>6 sums u to 3 gradients of weights Gᵀu: the transposed <see cref="Weights"/>.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Sums(float* u, nint step, out L g0, out L g1, out L g2)
    {
        L u1 = L.Load(ref *u, step), u2 = L.Load(ref *u, 2 * step);
        L u3 = L.Load(ref *u, 3 * step), u4 = L.Load(ref *u, 4 * step);
        L s = L.Create(AtA) * (u1 + u2), d = L.Create(AtA) * (u1 - u2);
        L t = L.Create(AtB) * (u3 + u4), e = L.Create(AtB) * (u3 - u4);
        g0 = L.FusedMultiplyAdd(L.Create(AtZero), L.Load(ref *u, 0), s + t);
        g1 = L.FusedMultiplyAdd(L.Create(A), d, L.Create(B) * e);
        g2 = L.FusedMultiplyAdd(L.Create(A2), s, L.FusedMultiplyAdd(L.Create(B2), t, L.Load(ref *u, 5 * step)));
    }
}
