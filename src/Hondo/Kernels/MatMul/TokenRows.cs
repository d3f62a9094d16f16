using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hondo.Kernels;

/// <summary>
/// The product of one-hot rows with weights, without the zeros: a token's column of W is all that it takes. Bits are
/// those of the product.
/// </summary>
static unsafe class TokenRows
{
    const int Columns = 256;

    /// <summary>y = W's column of each token, plus a bias      tokens [rows], W [n, tokens], y [rows, n]</summary>
    /// <param name="tokens">The tokens, each below W's columns.</param>
    /// <param name="weights">W.</param>
    /// <param name="bias">[n], or empty.</param>
    /// <param name="table">Working memory for W transposed, [tokens, n].</param>
    /// <param name="y">Where to write; its rows may lie apart.</param>
    public static void Look<T>(ReadOnlySpan<int> tokens, ReadOnlySpan<T> weights, ReadOnlySpan<T> bias, Span<T> table,
        Matrix<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = y.Columns, kinds = table.Length / n;
        if (tokens.Length == 1)
        {
            // One column is not worth a table of all.
            for (int k = 0; k < n; k++)
                y.Values[k] = weights[k * kinds + tokens[0]] + (bias.IsEmpty ? T.Zero : bias[k]);
            return;
        }
        Turn(weights, n, kinds, table);
        for (int token = 0; token < kinds && !bias.IsEmpty; token++)
            Loops.Accumulate(default(Identity), bias, table.Slice(token * n, n));
        fixed (int* pTokens = tokens)
        fixed (T* pTable = table, pY = y.Values)
            Workers.Run((tokens.Length + Columns - 1) / Columns,
                new LookJob<T>(pTokens, tokens.Length, pTable, n, pY, y.RowStride));
    }

    /// <summary>dW[k, token] += Σ dy over the token's rows, in their order.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="dy">[rows, n]; its rows may lie apart.</param>
    /// <param name="table">Working memory, [tokens, n].</param>
    /// <param name="dWeights">[n, tokens].</param>
    /// <param name="adds">False overwrites.</param>
    public static void Gather<T>(ReadOnlySpan<int> tokens, ReadOnlyMatrix<T> dy, Span<T> table, Span<T> dWeights,
        bool adds) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = dy.Columns, kinds = table.Length / n;
        table.Clear();
        fixed (int* pTokens = tokens)
        fixed (T* pTable = table, pDy = dy.Values)
            Workers.Run((n + Columns - 1) / Columns,
                new GatherJob<T>(pTokens, tokens.Length, pTable, n, pDy, dy.RowStride));
        if (!adds)
        {
            Turn(table, kinds, n, dWeights);
            return;
        }
        for (int k = 0; k < n; k++)
            for (int token = 0; token < kinds; token++)
                dWeights[k * kinds + token] += table[token * n + k];
    }

    // [rows, columns] → [columns, rows]
    static void Turn<T>(ReadOnlySpan<T> x, int rows, int columns, Span<T> y) where T : unmanaged
    {
        fixed (T* from = x, to = y)
            Turned.Copy(new(from, 1, columns), columns, rows, to, rows);
    }

    readonly struct LookJob<T>(int* tokens, int count, T* table, int n, T* y, nint stride) : IJob where T : unmanaged
    {
        public void Run(int part)
        {
            int end = Math.Min(count, (part + 1) * Columns);
            for (int row = part * Columns; row < end; row++)
                new ReadOnlySpan<T>(table + (nint)tokens[row] * n, n).CopyTo(new(y + row * stride, n));
        }
    }

    // Each part has columns of its own, so that every sum runs through the rows in order on any number of threads.
    readonly struct GatherJob<T>(int* tokens, int count, T* table, int n, T* dy, nint stride) : IJob, ILoop<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part) => RegisterWidth.Run<GatherJob<T>, T>(this, part * Columns,
            Math.Min(n, (part + 1) * Columns));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int first, int end) where V : struct, ILanes<V, T>
        {
            for (int row = 0; row < count; row++)
            {
                T* from = dy + row * stride, to = table + (nint)tokens[row] * n;
                int i = first;
                for (; i <= end - V.Width; i += V.Width)
                    V.Store(V.Load(ref *to, i) + V.Load(ref *from, i), ref *to, i);
                for (; i < end; i++)
                    to[i] += from[i];
            }
        }
    }
}
