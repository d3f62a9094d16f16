using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// Where a head looks (Graves et al. 2014, equations 5 to 9): K = cosine(key, place), content = softmax(βK),
/// mixed = g·content + (1 − g)·last weights, shifted = mixed ⊛ shift, weights = shifted^γ / Σ shifted^γ.
/// </summary>
static unsafe class NtmHead<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers of working memory.</summary>
    public static int Work(in NtmSizes sizes) => 4 * (sizes.Rows + 2 * Border);

    // Room before and after a row for its neighbours around the circle.
    const int Border = 16;

    // Lengths of zero must not divide; an untouched place is about 10⁻⁶ long, so these are far below.
    const double TinyProduct = 1e-8, TinySquare = 1e-30, TinyWeight = 1e-16;

    /// <summary>The length of each place's vector.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Lengths(in NtmSizes sizes, T* memory, T* lengths)
    {
        for (int i = 0; i < sizes.Rows; i += V.Width)
        {
            V sum = V.Create(TinySquare);
            for (int j = 0; j < sizes.Width; j++)
            {
                V m = V.Load(ref *memory, (nint)j * sizes.Rows + i);
                sum = V.FusedMultiplyAdd(m, m, sum);
            }
            V.Store(V.Sqrt(sum), ref *lengths, i);
        }
    }

    /// <summary>The weights of a head's next step.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Forward(in NtmSizes sizes, int head, T* numbers, T* memory, T* lengths, T* last, T* trace,
        T* weights, T* work)
    {
        int rows = sizes.Rows;
        T* cosines = trace, content = trace + rows, shifted = trace + 2 * rows;
        Cosines(sizes, numbers + head * sizes.Width, memory, lengths, cosines);
        LaneRow<V, T>.Softmax(cosines, numbers[sizes.Strengths + head], content, rows);
        T* mixed = Mix(sizes, numbers[sizes.Gates + head], content, last, work);
        T* shift = numbers + sizes.Shifts + 3 * head;
        V back = LaneRow<V, T>.Of(shift[0]), stay = LaneRow<V, T>.Of(shift[1]), on = LaneRow<V, T>.Of(shift[2]);
        T* logs = mixed + rows + Border;
        for (int i = 0; i < rows; i += V.Width)
        {
            V sum = back * V.Load(ref *mixed, i + 1) + stay * V.Load(ref *mixed, i) + on * V.Load(ref *mixed, i - 1);
            V.Store(sum, ref *shifted, i);
            V.Store(V.Log(sum + V.Create(TinyWeight)), ref *logs, i);
        }
        LaneRow<V, T>.Softmax(logs, T.One + numbers[sizes.Sharpness + head], weights, rows);
    }

    static T LengthOf(T* key, int width)
    {
        T sum = T.CreateTruncating(TinySquare);
        for (int j = 0; j < width; j++)
            sum += key[j] * key[j];
        return T.Sqrt(sum);
    }

    [MethodImpl(AggressiveOptimization)]
    static void Cosines(in NtmSizes sizes, T* key, T* memory, T* lengths, T* cosines)
    {
        int rows = sizes.Rows;
        new Span<T>(cosines, rows).Clear();
        for (int j = 0; j < sizes.Width; j++)
        {
            T* m = memory + (nint)j * rows;
            V k = LaneRow<V, T>.Of(key[j]);
            for (int i = 0; i < rows; i += V.Width)
                V.Store(V.FusedMultiplyAdd(k, V.Load(ref *m, i), V.Load(ref *cosines, i)), ref *cosines, i);
        }
        V length = LaneRow<V, T>.Of(LengthOf(key, sizes.Width));
        for (int i = 0; i < rows; i += V.Width)
            V.Store(V.Load(ref *cosines, i) / (length * V.Load(ref *lengths, i) + V.Create(TinyProduct)),
                ref *cosines, i);
    }

    static T* Mix(in NtmSizes sizes, T gate, T* content, T* last, T* work)
    {
        T* mixed = work + Border;
        V g = LaneRow<V, T>.Of(gate);
        for (int i = 0; i < sizes.Rows; i += V.Width)
            V.Store(g * V.Load(ref *content, i) + (V.One - g) * V.Load(ref *last, i), ref *mixed, i);
        Close(mixed, sizes.Rows);
        return mixed;
    }

    static void Close(T* circle, int rows) => (circle[-1], circle[rows]) = (circle[rows - 1], circle[0]);

    /// <summary>
    /// Turns the gradient of a head's weights into that of its last weights, adds what goes to the memory and to the
    /// places' lengths (each divided by its length), and gives those of the head's numbers.
    /// </summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Backward(in NtmSizes sizes, int head, T* numbers, T* memory, T* lengths, T* last, T* trace,
        T* weights, T* dWeights, T* dNumbers, T* dMemory, T* dLengths, T* work)
    {
        int rows = sizes.Rows;
        T* cosines = trace, content = trace + rows, shifted = trace + 2 * rows;
        T* mixed = Mix(sizes, numbers[sizes.Gates + head], content, last, work);
        T* dShifted = mixed + rows + 2 * Border, rest = dShifted + rows + Border;
        dNumbers[sizes.Sharpness + head] = Sharpen(rows, T.One + numbers[sizes.Sharpness + head], shifted, weights,
            dWeights, dShifted, rest);
        Close(dShifted, rows);
        Shift(rows, numbers + sizes.Shifts + 3 * head, mixed, dShifted, dNumbers + sizes.Shifts + 3 * head);
        T* dContent = rest;
        dNumbers[sizes.Gates + head] = Unmix(rows, numbers + sizes.Shifts + 3 * head, numbers[sizes.Gates + head],
            content, last, dShifted, dWeights, dContent, mixed);
        V level = LaneRow<V, T>.Of(LaneRow<V, T>.Dot(content, dContent, rows));
        for (int i = 0; i < rows; i += V.Width)
            V.Store(V.Load(ref *content, i) * (V.Load(ref *dContent, i) - level), ref *dContent, i);
        T strength = numbers[sizes.Strengths + head];
        dNumbers[sizes.Strengths + head] = LaneRow<V, T>.Dot(dContent, cosines, rows);
        Compare(sizes, numbers + head * sizes.Width, strength, memory, lengths, cosines, dContent,
            dNumbers + head * sizes.Width, dMemory, dLengths, mixed);
    }

    // weights = softmax(γ ln shifted), so that dγ = Σ q ln shifted and dshifted = γ q / shifted.
    [MethodImpl(AggressiveOptimization)]
    static T Sharpen(int rows, T sharpness, T* shifted, T* weights, T* dWeights, T* dShifted, T* logs)
    {
        V level = LaneRow<V, T>.Of(LaneRow<V, T>.Dot(weights, dWeights, rows)), gamma = LaneRow<V, T>.Of(sharpness);
        for (int i = 0; i < rows; i += V.Width)
        {
            V q = V.Load(ref *weights, i) * (V.Load(ref *dWeights, i) - level);
            V.Store(V.Log(V.Load(ref *shifted, i) + V.Create(TinyWeight)), ref *logs, i);
            V.Store(q, ref *dShifted, i);
        }
        T dSharpness = LaneRow<V, T>.Dot(dShifted, logs, rows);
        for (int i = 0; i < rows; i += V.Width)
            V.Store(gamma * V.Load(ref *dShifted, i) / (V.Load(ref *shifted, i) + V.Create(TinyWeight)),
                ref *dShifted, i);
        return dSharpness;
    }

    static void Shift(int rows, T* shift, T* mixed, T* dShifted, T* dShift)
    {
        T level = T.Zero;
        for (int k = 0; k < 3; k++)
        {
            dShift[k] = LaneRow<V, T>.Dot(dShifted, mixed + 1 - k, rows);
            level += shift[k] * dShift[k];
        }
        for (int k = 0; k < 3; k++)
            dShift[k] = shift[k] * (dShift[k] - level);
    }

    [MethodImpl(AggressiveOptimization)]
    static T Unmix(int rows, T* shift, T gate, T* content, T* last, T* dShifted, T* dLast, T* dContent, T* work)
    {
        V back = LaneRow<V, T>.Of(shift[0]), stay = LaneRow<V, T>.Of(shift[1]), on = LaneRow<V, T>.Of(shift[2]);
        V g = LaneRow<V, T>.Of(gate);
        for (int i = 0; i < rows; i += V.Width)
        {
            V d = back * V.Load(ref *dShifted, i - 1) + stay * V.Load(ref *dShifted, i)
                + on * V.Load(ref *dShifted, i + 1);
            V.Store(d, ref *dContent, i);
            V.Store(V.Load(ref *content, i) - V.Load(ref *last, i), ref *work, i);
            V.Store((V.One - g) * d, ref *dLast, i);
        }
        T dGate = LaneRow<V, T>.Dot(dContent, work, rows);
        for (int i = 0; i < rows; i += V.Width)
            V.Store(g * V.Load(ref *dContent, i), ref *dContent, i);
        return dGate;
    }

    [MethodImpl(AggressiveOptimization)]
    static void Compare(in NtmSizes sizes, T* key, T strength, T* memory, T* lengths, T* cosines, T* dCosines,
        T* dKey, T* dMemory, T* dLengths, T* dDots)
    {
        int rows = sizes.Rows;
        T keyLength = LengthOf(key, sizes.Width);
        V beta = LaneRow<V, T>.Of(strength), length = LaneRow<V, T>.Of(keyLength);
        for (int i = 0; i < rows; i += V.Width)
        {
            V place = V.Load(ref *lengths, i), product = length * place + V.Create(TinyProduct);
            V dDot = beta * V.Load(ref *dCosines, i) / product, dProduct = -dDot * V.Load(ref *cosines, i);
            V.Store(dDot, ref *dDots, i);
            V.Store(dProduct, ref *dCosines, i);
            V.Store(V.Load(ref *dLengths, i) + dProduct * length / place, ref *dLengths, i);
        }
        T ofLength = LaneRow<V, T>.Dot(dCosines, lengths, rows) / keyLength;
        for (int j = 0; j < sizes.Width; j++)
        {
            T* m = memory + (nint)j * rows, dm = dMemory + (nint)j * rows;
            dKey[j] = LaneRow<V, T>.Dot(dDots, m, rows) + ofLength * key[j];
            V k = LaneRow<V, T>.Of(key[j]);
            for (int i = 0; i < rows; i += V.Width)
                V.Store(V.FusedMultiplyAdd(V.Load(ref *dDots, i), k, V.Load(ref *dm, i)), ref *dm, i);
        }
    }
}
