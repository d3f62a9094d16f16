using System.Numerics;
using System.Runtime.Intrinsics;

namespace Hondo.Kernels;

/// <summary>
/// Runs a body with the widest registers that the channels fill. The last register may overlap the one before: its
/// numbers are then computed twice, which is quicker than one by one. Where results are added to memory that must not
/// happen, so <paramref name="adds"/> asks for a width that divides the channels.
/// </summary>
readonly struct ChannelJob<B, T>(B body, int channels, bool adds) : IJob
    where B : struct, IChannelBody<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>All parts, on all threads when there is enough to do.</summary>
    /// <param name="body">The work.</param>
    /// <param name="parts">How many parts.</param>
    /// <param name="channels">Length of the last axis.</param>
    /// <param name="numbers">How many numbers are read or written in all.</param>
    /// <param name="adds">True when the results are added to memory.</param>
    public static void Run(B body, int parts, int channels, long numbers, bool adds = false)
    {
        var job = new ChannelJob<B, T>(body, channels, adds);
        if (numbers > Loops.Chunk)
            Workers.Run(parts, job);
        else
            for (int part = 0; part < parts; part++)
                job.Run(part);
    }

    public void Run(int part)
    {
        if (Vector512.IsHardwareAccelerated && Fits(Vector512<T>.Count))
            body.Run<Lanes512<T>>(part);
        else if (Vector256.IsHardwareAccelerated && Fits(Vector256<T>.Count))
            body.Run<Lanes256<T>>(part);
        else if (Vector128.IsHardwareAccelerated && Fits(Vector128<T>.Count))
            body.Run<Lanes128<T>>(part);
        else
            body.Run<Scalar<T>>(part);
    }

    bool Fits(int width) => adds ? channels % width == 0 : channels >= width;
}

/// <summary>A job whose registers lie along the channels, so that no lane ever meets another.</summary>
interface IChannelBody<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Does one part with registers of a width that is at most the number of channels.</summary>
    void Run<V>(int part) where V : struct, ILanes<V, T>;
}
