using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>Pooling of sequences: images of height 1, over the same memory.</summary>
static class PoolRows
{
    public static Tensor Along(Tensor x, PoolWindow window, Func<Tensor, PoolWindow, Tensor> pool)
    {
        if (x.Shape is not [var batch, var length, var channels])
            throw new ShapeException($"Pooling along one axis got {x.Shape}: it must be [batch, length, channels].");
        Tensor y = pool(x.Reshape([batch, 1, length, channels]), window);
        return y.Reshape([batch, y.Shape[2], channels]);
    }
}
