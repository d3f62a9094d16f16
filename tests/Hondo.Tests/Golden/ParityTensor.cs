using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>Golden numbers with their shape.</summary>
sealed record ParityTensor(int[] Axes, double[] Values)
{
    public Shape Shape => Shape.Create(Axes);

    public Tensor ToTensor() => Tensor.Of(Values, Shape);

    public Tensor ToLabels() => Tensor.Of([.. Values.Select(v => (int)v)], Shape);
}
