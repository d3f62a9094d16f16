using Hondo.Tensors;

namespace Hondo.Optimizers;

/// <summary>Sums over the decayed parameters of a slab, for reports.</summary>
static class Weights
{
    public static double Sum(ParameterSlab slab, Func<double, double> of)
    {
        double sum = 0;
        for (int i = 0; i < slab.Parameters.Count; i++)
        {
            if (!slab.Parameters[i].IsDecayed)
                continue;
            if (slab.DType == DType.Float64)
                foreach (double w in slab.Values<double>()[slab.RangeOf(i)])
                    sum += of(w);
            else
                foreach (float w in slab.Values<float>()[slab.RangeOf(i)])
                    sum += of(w);
        }
        return sum;
    }
}
