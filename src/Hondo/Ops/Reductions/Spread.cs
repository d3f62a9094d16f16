using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// The adjoint of a sum: repeats numbers along the middle axis      [outer, inner] → [outer, along, inner]
/// </summary>
static class BroadcastAlong
{
    /// <summary>into = factor · dy along the axis, or into += that.</summary>
    public static void Send<T>(ReadOnlySpan<T> dy, int outer, int along, int inner, double factor, View<T> into)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<T> dx = into.Data;
        T scale = T.CreateTruncating(factor);
        for (int o = 0, start = 0; o < outer; o++, start += along * inner)
            if (inner == 1)
                SendOne(dy[o] * scale, dx.Slice(start, along), into.Accumulates);
            else
                for (int k = 0; k < along; k++)
                    SendRow(dy.Slice(o * inner, inner), factor, dx.Slice(start + k * inner, inner), into.Accumulates);
    }

    static void SendOne<T>(T share, Span<T> dx, bool accumulates) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulates)
            Loops.Map(new Shifted(double.CreateTruncating(share)), (ReadOnlySpan<T>)dx, dx);
        else
            dx.Fill(share);
    }

    static void SendRow<T>(ReadOnlySpan<T> dy, double factor, Span<T> dx, bool accumulates)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (accumulates)
            Loops.Accumulate(new Scale(factor), dy, dx);
        else
            Loops.Map(new Scale(factor), dy, dx);
    }
}
