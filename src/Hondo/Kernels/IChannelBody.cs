using System.Numerics;

namespace Hondo.Kernels;

/// <summary>A job whose registers lie along the channels, so that no lane ever meets another.</summary>
interface IChannelBody<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Does one part with registers of a width that is at most the number of channels.</summary>
    void Run<V>(int part) where V : struct, ILanes<V, T>;
}
