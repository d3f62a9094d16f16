using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hondo.Kernels;

/// <summary>A loop that is written once for every width of registers.</summary>
interface ILoop<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Does the places from the first up to the end.</summary>
    void Run<V>(int first, int end) where V : struct, ILanes<V, T>;
}

/// <summary>
/// How wide the registers are that kernels compute with. The runtime's compiler takes the widest that the processor
/// has; a program that was compiled ahead of time has the width that it was compiled for.
/// </summary>
public static class RegisterWidth
{
    const int Avx512 = 512, Avx2 = 256, Basic = 128, NoVector = 32;

    /// <summary>The bits of a register that kernels use: 512, 256, 128, or 32 for none but scalars.</summary>
    public static int Used => Vector512.IsHardwareAccelerated ? Avx512
        : Vector256.IsHardwareAccelerated ? Avx2
        : Vector128.IsHardwareAccelerated ? Basic
        : NoVector;

    /// <summary>
    /// The bits that the processor itself has, as far as kernels have a way for them, and the runtime's settings
    /// (<c>DOTNET_EnableAVX512=0</c>) allow them.
    /// </summary>
    public static int OfProcessor { get; } = Math.Max(Used, X86Base.IsSupported ? OfX86() : Used);

    /// <summary>What to do about a program that was published for narrower registers; null when nothing is.</summary>
    public static string? Advice { get; } =
        AdviceFor(Used, OfProcessor, isCompiledAhead: !RuntimeFeature.IsDynamicCodeSupported);

    internal static string? AdviceFor(int used, int ofProcessor, bool isCompiledAhead) =>
        !isCompiledAhead || used >= ofProcessor ? null
        : $"This program was compiled ahead of time for registers of {used} bits, but this processor has "
            + $"{ofProcessor}: "
            + $"training takes {(used < Avx2 ? "a hundred times" : "up to twice")} as long as it could. Publish it "
            + $"with "
            + $"-p:IlcInstructionSet={(ofProcessor == Avx512 ? "x86-64-v4" : "x86-64-v3")}, for processors like this "
            + "one, or let the runtime compile it.";

    /// <summary>Runs a loop at the widest registers; the compiler leaves one of the four calls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run<TLoop, T>(in TLoop loop, int first, int end)
        where TLoop : struct, ILoop<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            loop.Run<Lanes512<T>>(first, end);
        else if (Vector256.IsHardwareAccelerated)
            loop.Run<Lanes256<T>>(first, end);
        else if (Vector128.IsHardwareAccelerated)
            loop.Run<Lanes128<T>>(first, end);
        else
            loop.Run<Scalar<T>>(first, end);
    }

    // Bits of CPUID's leaves 1 and 7. Older AVX-512 (without VBMI) slows its clock: there the runtime too stays at 256.
    static int OfX86()
    {
        const int osSaves = 1 << 27, avx = 1 << 28, fma = 1 << 12, avx2 = 1 << 5, vbmi = 1 << 1;
        const int avx512 = (1 << 16) | (1 << 17) | (1 << 28) | (1 << 30) | (1 << 31);
        if (X86Base.CpuId(0, 0).Eax < 7)
            return Basic;
        int features = X86Base.CpuId(1, 0).Ecx;
        (_, int more, int rest, _) = X86Base.CpuId(7, 0);
        const int needed = osSaves | avx | fma;
        if ((features & needed) != needed || (more & avx2) == 0)
            return Basic;
        return (more & avx512) == avx512 && (rest & vbmi) != 0 && IsAllowed("AVX512") && IsAllowed("HWIntrinsic")
            ? Avx512
            : Avx2;
    }

    // A program that was compiled ahead of time has no runtime that would obey.
    static bool IsAllowed(string name) => Environment.GetEnvironmentVariable($"DOTNET_Enable{name}") is not "0";
}
