using Hondo.Tensors;

namespace Hondo.Tests.Ops.Cases;

/// <summary>Inputs of the cases: no two numbers alike, none near a kink.</summary>
static class Inputs
{
    /// <summary>Numbers spread over a range, in an irregular order.</summary>
    public static Tensor Between(double low, double high, Shape shape, int seed = 0)
    {
        var values = new double[shape.Size];
        for (int i = 0; i < values.Length; i++)
            values[i] = low + (high - low) * ((0.37 + seed * 0.173 + i * 0.6180339887498949) % 1);
        return Tensor.Of(values, shape);
    }

    /// <summary>Magnitudes 0.2 to 1.7 of both signs: away from 0.</summary>
    public static Tensor Signed(Shape shape, int seed = 0)
    {
        double[] values = Between(0.2, 1.7, shape, seed).ToArray<double>();
        for (int i = 0; i < values.Length; i++)
            if ((i * 7 + seed * 3) % 5 is 0 or 3)
                values[i] = -values[i];
        return Tensor.Of(values, shape);
    }

    public static Tensor Ints(Shape shape, params int[] values) => Tensor.Of(values, shape);
}
