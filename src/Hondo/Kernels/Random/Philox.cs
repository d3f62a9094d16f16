using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hondo.Kernels;

/// <summary>
/// Philox4x32-10: random bits as a pure function of a key and a counter, without any state (Salmon et al. 2011,
/// "Parallel random numbers: as easy as 1, 2, 3"). Element i of (seed, stream, step) is the same whoever asks for it.
/// </summary>
public readonly struct Philox
{
    const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57, WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;

    readonly uint _keyA, _keyB, _stepA, _stepB;

    /// <summary>The numbers of one stream in one step.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Whose numbers: a hash of a name.</param>
    /// <param name="step">When: the number of the training step, the epoch, or 0.</param>
    public Philox(ulong seed, ulong stream, long step = 0)
    {
        // Streams are already well mixed hashes; the multiplication keeps seeds 1, 2, 3 … far apart.
        ulong key = stream ^ (seed * 0x9E3779B97F4A7C15);
        (_keyA, _keyB) = ((uint)key, (uint)(key >> 32));
        (_stepA, _stepB) = ((uint)step, (uint)((ulong)step >> 32));
    }

    Philox(uint keyA, uint keyB, uint stepA, uint stepB) =>
        (_keyA, _keyB, _stepA, _stepB) = (keyA, keyB, stepA, stepB);

    /// <summary>The bare generator, for its known answers: four words from a counter and a key.</summary>
    public static (uint A, uint B, uint C, uint D) Block((uint A, uint B, uint C, uint D) counter,
        (uint A, uint B) key) =>
        new Philox(key.A, key.B, counter.C, counter.D).Words(counter.A | (ulong)counter.B << 32);

    /// <summary>The four 32-bit words of block i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (uint A, uint B, uint C, uint D) Words(ulong i)
    {
        uint a = (uint)i, b = (uint)(i >> 32), c = _stepA, d = _stepB, keyA = _keyA, keyB = _keyB;
        for (int round = 0; round < 10; round++, keyA += WeylA, keyB += WeylB)
        {
            ulong first = (ulong)MultiplierA * a, second = (ulong)MultiplierB * c;
            (a, b, c, d) = ((uint)(second >> 32) ^ b ^ keyA, (uint)second, (uint)(first >> 32) ^ d ^ keyB, (uint)first);
        }
        return (a, b, c, d);
    }

    /// <summary>
    /// The words of 16 blocks from <paramref name="first"/> on: 16 first words, 16 second ones, and so on.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal unsafe void Fill(uint* words, ulong first)
    {
        if (!Avx2.IsSupported || (uint)first > uint.MaxValue - 16)
        {
            for (uint i = 0; i < 16; i++)
                (words[i], words[16 + i], words[32 + i], words[48 + i]) = Words(first + i);
            return;
        }
        for (int half = 0; half < 2; half++)
            FillEight(words + 8 * half, first + (ulong)(8 * half));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    unsafe void FillEight(uint* words, ulong first)
    {
        Vector256<uint> a = Vector256.Create((uint)first) + Vector256<uint>.Indices,
            b = Vector256.Create((uint)(first >> 32));
        Vector256<uint> c = Vector256.Create(_stepA), d = Vector256.Create(_stepB);
        uint keyA = _keyA, keyB = _keyB;
        for (int round = 0; round < 10; round++, keyA += WeylA, keyB += WeylB)
        {
            (Vector256<uint> firstHigh, Vector256<uint> firstLow) = Multiply(a, MultiplierA);
            (Vector256<uint> secondHigh, Vector256<uint> secondLow) = Multiply(c, MultiplierB);
            a = secondHigh ^ b ^ Vector256.Create(keyA);
            b = secondLow;
            c = firstHigh ^ d ^ Vector256.Create(keyB);
            d = firstLow;
        }
        a.Store(words);
        b.Store(words + 16);
        c.Store(words + 32);
        d.Store(words + 48);
    }

    // The processor multiplies every other 32-bit number to 64 bits: once for the even ones, once for the odd ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> x, uint multiplier)
    {
        Vector256<uint> m = Vector256.Create(multiplier), lowHalves = Vector256.Create(0xFFFFFFFFul).AsUInt32();
        Vector256<ulong> even = Avx2.Multiply(x, m), odd = Avx2.Multiply((x.AsUInt64() >>> 32).AsUInt32(), m);
        return (Vector256.ConditionalSelect(lowHalves, (even >>> 32).AsUInt32(), odd.AsUInt32()),
            Vector256.ConditionalSelect(lowHalves, even.AsUInt32(), (odd << 32).AsUInt32()));
    }

    /// <summary>The 32 bits of element i.</summary>
    public uint Bits(long i)
    {
        (uint a, uint b, uint c, uint d) = Words((ulong)i >> 2);
        return (i & 3) switch { 0 => a, 1 => b, 2 => c, _ => d };
    }

    /// <summary>A number in [0, 1) for element i, in steps of 2⁻⁵³.</summary>
    public double Uniform(long i)
    {
        (uint a, uint b, _, _) = Words((ulong)i);
        return ((ulong)a << 21 ^ b) * (1.0 / (1UL << 53));
    }

    /// <summary>A number of the standard normal distribution for element i (Box–Muller).</summary>
    public double Normal(long i)
    {
        (uint a, uint b, uint c, uint d) = Words((ulong)i);
        double radius = ((ulong)a << 21 ^ b) * (1.0 / (1UL << 53)), angle = ((ulong)c << 21 ^ d) * (1.0 / (1UL << 53));
        return PortableMath.Log(1 - radius) is var log && log == 0
            ? 0
            : Math.Sqrt(-2 * log) * PortableMath.Cos(2 * Math.PI * angle);
    }
}
