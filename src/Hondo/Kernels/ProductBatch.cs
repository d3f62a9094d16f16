namespace Hondo.Kernels;

/// <summary>Products of one shape: small ones some to a part, large ones shared one by one.</summary>
readonly unsafe struct ProductBatch<T, V, S>(
    Product<T, V, S, NoTileEnd<T>> first, int count, nint aStep, nint bStep, nint cStep) : IJob
    where T : unmanaged where V : struct where S : struct, IRegister<T, V>
{
    // In multiply-adds: about 30 µs, and 0.5 µs.
    const nint IsLarge = 1 << 22, WorthClaiming = 1 << 16;

    readonly int _group = (int)Math.Max(1, WorthClaiming / Math.Max(1, first.M * first.N * first.K));

    public void Multiply()
    {
        if (first.M * first.N * first.K < IsLarge)
            Workers.Run((count + _group - 1) / _group, this);
        else
            Multiply(0, count);
    }

    public void Run(int part) => Multiply(part * _group, Math.Min(count, (part + 1) * _group));

    void Multiply(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            var product = first;
            product.A = first.A.Moved(i * aStep);
            product.B = first.B.Moved(i * bStep);
            product.C = first.C.Moved(i * cStep);
            if (first.Start.Start != null)
                product.Start = product.C;
            product.Multiply();
        }
    }
}
