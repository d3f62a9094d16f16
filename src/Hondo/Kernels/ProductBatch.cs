namespace Hondo.Kernels;

/// <summary>Equally shaped small products, some to a part.</summary>
unsafe struct ProductBatch<T, V, S, E>(Product<T, V, S, E> first, int count, nint aStep, nint bStep, nint cStep) : IJob
    where T : unmanaged
    where V : struct
    where S : struct, IRegister<T, V>
    where E : struct, ITileEnd<T>
{
    // Products of at least this many multiply-adds (about 30 µs) are shared one by one.
    const long IsLarge = 1 << 22;

    // A part of at least this many multiply-adds is worth claiming.
    const long WorthClaiming = 1 << 16;

    readonly int _group = (int)Math.Max(1, WorthClaiming / Math.Max(1, first.M * first.N * first.K));

    public readonly void Multiply()
    {
        if (first.M * first.N * first.K < IsLarge)
            Workers.Run((count + _group - 1) / _group, this);
        else
            Run(0, count);
    }

    public readonly void Run(int part) => Run(part * _group, Math.Min(count, (part + 1) * _group));

    readonly void Run(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            var product = first;
            product.A = first.A.Moved(i * aStep);
            product.B = first.B.Moved(i * bStep);
            product.C = first.C.Moved(i * cStep);
            product.Multiply();
        }
    }
}
