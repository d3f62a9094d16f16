using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// Scaled dot-product attention, y = softmax(q·kᵀ / √features + mask)·v, for all heads of all sequences (Vaswani et al.
/// 2017, arXiv:1706.03762). Heads lie side by side in a row, so nothing is turned around or copied; the weights are
/// made block by block of queries and kept once. A head of a sequence is one part: the bits are those of one thread.
/// </summary>
public static unsafe class AttentionHeads
{
    /// <summary>Computes y.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="query">[batch · queries, heads · features].</param>
    /// <param name="key">[batch · keys, heads · features].</param>
    /// <param name="value">Like key.</param>
    /// <param name="mask">[batch, keys]: 0 where no query may look; or empty.</param>
    /// <param name="dropout">Dropout on the weights.</param>
    /// <param name="weights">The weights before dropout, for Backward: block by block of queries, each row as long as
    /// the last query of its block sees.</param>
    /// <param name="y">Like query. A query that may look nowhere gives 0.</param>
    public static void Forward<T>(AttentionSizes sizes, ReadOnlyMatrix<T> query, ReadOnlyMatrix<T> key,
        ReadOnlyMatrix<T> value, ReadOnlySpan<int> mask, AttentionDropout dropout, Span<T> weights, Matrix<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pQuery = query.Values, pKey = key.Values, pValue = value.Values, pWeights = weights, pY = y.Values)
        fixed (int* pMask = mask)
        {
            var run = new AttentionRun<T>(sizes, new(pQuery, query.RowStride), new(pKey, key.RowStride),
                new(pValue, value.RowStride), pWeights, dropout);
            Workers.Run(sizes.Parts, new AttentionForward<T>(run, pMask, new(pY, y.RowStride)));
        }
    }

    /// <summary>Adds to the gradients; one that is not needed has no rows.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="query">As in Forward.</param>
    /// <param name="key">As in Forward.</param>
    /// <param name="value">As in Forward.</param>
    /// <param name="dropout">As in Forward.</param>
    /// <param name="weights">What Forward left.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dQuery">Where the gradient of query is added.</param>
    /// <param name="dKey">Likewise, of key.</param>
    /// <param name="dValue">Likewise, of value.</param>
    public static void Backward<T>(AttentionSizes sizes, ReadOnlyMatrix<T> query, ReadOnlyMatrix<T> key,
        ReadOnlyMatrix<T> value, AttentionDropout dropout, ReadOnlySpan<T> weights, ReadOnlyMatrix<T> dy,
        Matrix<T> dQuery, Matrix<T> dKey, Matrix<T> dValue) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pQuery = query.Values, pKey = key.Values, pValue = value.Values, pWeights = weights, pDy = dy.Values)
        fixed (T* pDQuery = dQuery.Values, pDKey = dKey.Values, pDValue = dValue.Values)
        {
            var run = new AttentionRun<T>(sizes, new(pQuery, query.RowStride), new(pKey, key.RowStride),
                new(pValue, value.RowStride), pWeights, dropout);
            Workers.Run(sizes.Parts, new AttentionBackward<T>(run, new(pDy, dy.RowStride),
                new(pDQuery, dQuery.RowStride), new(pDKey, dKey.RowStride), new(pDValue, dValue.RowStride)));
        }
    }
}
