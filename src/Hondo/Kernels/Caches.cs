using System.Runtime.Intrinsics.X86;

namespace Hondo.Kernels;

/// <summary>What the processor says of its caches.</summary>
static class Caches
{
    // Where nothing can be asked: the smallest of today's cores with wide registers.
    const int UsualSecondLevel = 1 << 20;

    /// <summary>The bytes of a core's second-level cache. They decide about speed, never about a result.</summary>
    public static int SecondLevel { get; } = OfLevel(2) is > 0 and int size ? size : UsualSecondLevel;

    // Intel describes its caches one by one in leaf 4, AMD in leaf 8000001Dh, in the same words.
    static int OfLevel(int level)
    {
        if (!X86Base.IsSupported)
            return 0;
        bool isAmd = X86Base.CpuId(0, 0).Ecx == 0x444D4163;
        int leaf = isAmd ? unchecked((int)0x8000001D) : 4, last = X86Base.CpuId(isAmd ? leaf & (1 << 31) : 0, 0).Eax;
        for (int i = 0; (uint)leaf <= (uint)last && i < 8; i++)
        {
            var (kind, shape, sets, _) = X86Base.CpuId(leaf, i);
            if ((kind & 31) == 0)
                break;
            if ((kind & 31) != 2 && (kind >> 5 & 7) == level)
                return ((shape >>> 22) + 1) * ((shape >> 12 & 1023) + 1) * ((shape & 4095) + 1) * (sets + 1);
        }
        return 0;
    }
}
