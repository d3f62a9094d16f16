using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Hondo.Kernels;

/// <summary>
/// The transforms of a tile: 6×6 inputs to as many numbers, each in a plane of its own, and 36 products to 4×4 outputs.
/// Short methods with few variables: then the compiler keeps all in registers.
/// </summary>
static unsafe class WinogradTiles<L> where L : struct, ILanes<L, float>
{
    /// <summary>Numbers and outputs along an axis.</summary>
    public const int Points = 6, Outputs = 4;

    // The way from the third cache is long: lines are fetched two tiles ahead.
    const int Ahead = 2 * Outputs;

    /// <summary>Room for the numbers between the two axes.</summary>
    public static int TempLength => Points * Points * L.Width;

    /// <summary>Six lines of pixels to 36 numbers.</summary>
    /// <param name="lines">Where the six begin; those outside begin at zeros.</param>
    /// <param name="from">The first column that lies inside.</param>
    /// <param name="to">Behind the last column that lies inside.</param>
    /// <param name="pixel">From one pixel to the next.</param>
    /// <param name="channels">Channels, a multiple of the lanes.</param>
    /// <param name="temp">Room for the numbers between the two axes.</param>
    /// <param name="v">Where the first number goes.</param>
    /// <param name="step">From one plane to the next.</param>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Input(in SixLines lines, int from, int to, nint pixel, nint channels, float* temp, float* v,
        nint step)
    {
        int column = Points * L.Width;
        for (int c = 0; c < Points; c++)
            if (c < from || c >= to)
                new Span<float>(temp + c * column, column).Clear();
        nint o = from * pixel, ahead = Ahead * pixel;
        float* p0 = lines.P0 + o, p1 = lines.P1 + o, p2 = lines.P2 + o;
        float* p3 = lines.P3 + o, p4 = lines.P4 + o, p5 = lines.P5 + o;
        for (nint channel = 0; channel < channels; channel += L.Width, v += L.Width)
        {
            float* q = temp + from * column, end = temp + to * column;
            for (o = channel; q < end; q += column, o += pixel)
            {
                WinogradTransforms<L>.Input(p0 + o, p1 + o, p2 + o, p3 + o, p4 + o, p5 + o, q, L.Width);
                if (Sse.IsSupported)
                {
                    Sse.Prefetch0(p1 + o + ahead);
                    Sse.Prefetch0(p2 + o + ahead);
                    Sse.Prefetch0(p3 + o + ahead);
                    Sse.Prefetch0(p4 + o + ahead);
                }
            }
            float* w = v;
            for (q = temp, end = temp + column; q < end; q += L.Width, w += Points * step)
                WinogradTransforms<L>.Input(
                    q, q + column, q + 2 * column, q + 3 * column, q + 4 * column, q + 5 * column, w, step);
        }
    }

    /// <summary>36 products to 4×4 outputs, with a bias, perhaps added to other numbers, kept within limits.</summary>
    /// <param name="m">The first product.</param>
    /// <param name="step">From one plane to the next.</param>
    /// <param name="temp">Room for the numbers between the two axes.</param>
    /// <param name="end">What is done with the outputs.</param>
    /// <param name="rows">Rows that lie inside, up to 4.</param>
    /// <param name="columns">Columns that lie inside, up to 4.</param>
    /// <param name="outputs">Channels, a multiple of the lanes.</param>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Output(float* m, nint step, float* temp, in WinogradEnd end, int rows, int columns, nint outputs)
    {
        nint pixel = end.Pixel, line = end.Line, addedPixel = end.AddedPixel, addedLine = end.AddedLine;
        float* to = end.To, added = end.Added, bias = end.Bias;
        L least = L.Create(end.Limits.Least), most = L.Create(end.Limits.Most);
        for (nint o = 0; o < outputs; o += L.Width, m += L.Width, to += L.Width)
        {
            FetchForWriting(to, line, pixel, rows);
            float* p = m, q = temp;
            for (float* stop = temp + Points * Outputs * L.Width; q < stop; q += Outputs * L.Width, p += step)
            {
                WinogradTransforms<L>.Output(p, Points * step, out L y0, out L y1, out L y2, out L y3);
                L.Store(y0, ref *q, 0);
                L.Store(y1, ref *q, L.Width);
                L.Store(y2, ref *q, 2 * L.Width);
                L.Store(y3, ref *q, 3 * L.Width);
            }
            L b = bias == null ? L.Zero : L.Load(ref *bias, o);
            float* z = to, more = added == null ? null : added + o;
            q = temp;
            for (int row = 0; row < rows; row++, q += L.Width, z += line, more += addedLine)
            {
                WinogradTransforms<L>.Output(q, Outputs * L.Width, out L y0, out L y1, out L y2, out L y3);
                (y0, y1, y2, y3) = (y0 + b, y1 + b, y2 + b, y3 + b);
                if (added != null)
                    Add(ref y0, ref y1, ref y2, ref y3, more, addedPixel, columns);
                L.Store(L.Clamp(y0, least, most), ref *z, 0);
                if (columns > 1)
                    L.Store(L.Clamp(y1, least, most), ref *z, pixel);
                if (columns > 2)
                    L.Store(L.Clamp(y2, least, most), ref *z, 2 * pixel);
                if (columns > 3)
                    L.Store(L.Clamp(y3, least, most), ref *z, 3 * pixel);
            }
        }
    }

    [MethodImpl(AggressiveInlining)]
    static void Add(ref L y0, ref L y1, ref L y2, ref L y3, float* more, nint pixel, int columns)
    {
        y0 += L.Load(ref *more, 0);
        if (columns > 1)
            y1 += L.Load(ref *more, pixel);
        if (columns > 2)
            y2 += L.Load(ref *more, 2 * pixel);
        if (columns > 3)
            y3 += L.Load(ref *more, 3 * pixel);
    }

    // Lines that are written whole still come from memory first; asking early is a tenth of 16 channels' time.
    [MethodImpl(AggressiveInlining)]
    static void FetchForWriting(float* to, nint line, nint pixel, int rows)
    {
        if (!Sse.IsSupported)
            return;
        for (int row = 0; row < rows; row++, to += line)
        {
            Sse.Prefetch0(to);
            Sse.Prefetch0(to + pixel);
            Sse.Prefetch0(to + 2 * pixel);
            Sse.Prefetch0(to + 3 * pixel);
        }
    }

    /// <summary>Up to four lines of gradients to 36 numbers.</summary>
    /// <param name="p">The first pixel.</param>
    /// <param name="pixel">From one pixel to the next.</param>
    /// <param name="line">From one line to the next.</param>
    /// <param name="rows">Rows that lie inside.</param>
    /// <param name="columns">Columns that lie inside.</param>
    /// <param name="zeros">Zeros for lines that lie outside.</param>
    /// <param name="outputs">Channels, a multiple of the lanes.</param>
    /// <param name="temp">Room for the numbers between the two axes.</param>
    /// <param name="m">Where the first number goes.</param>
    /// <param name="step">From one plane to the next.</param>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Gradient(float* p, nint pixel, nint line, int rows, int columns, float* zeros, nint outputs,
        float* temp, float* m, nint step)
    {
        int column = Points * L.Width;
        if (columns < Outputs)
            new Span<float>(temp + columns * column, (Outputs - columns) * column).Clear();
        float* p1 = rows > 1 ? p + line : zeros, p2 = rows > 2 ? p + 2 * line : zeros;
        float* p3 = rows > 3 ? p + 3 * line : zeros;
        for (nint o = 0; o < outputs; o += L.Width, m += L.Width)
        {
            float* q = temp;
            nint at = o;
            for (float* stop = temp + columns * column; q < stop; q += column, at += pixel)
                WinogradTransforms<L>.Gradient(p + at, p1 + at, p2 + at, p3 + at, q, L.Width);
            float* to = m;
            q = temp;
            for (float* stop = temp + column; q < stop; q += L.Width, to += Points * step)
                WinogradTransforms<L>.Gradient(q, q + column, q + 2 * column, q + 3 * column, to, step);
        }
    }
}

/// <summary>Where the six lines of a tile of inputs begin.</summary>
unsafe struct SixLines
{
    public float* P0, P1, P2, P3, P4, P5;
}

/// <summary>What is done with a tile of outputs.</summary>
unsafe struct WinogradEnd
{
    /// <summary>Where the outputs go.</summary>
    public float* To;

    /// <summary>What is added to them, or null.</summary>
    public float* Added;

    /// <summary>Their bias, or null for 0.</summary>
    public float* Bias;

    public nint Pixel, Line, AddedPixel, AddedLine;

    /// <summary>0 for ReLU, else −∞.</summary>
    public Limits Limits;
}
