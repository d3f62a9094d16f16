using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Tests.Fundamentals;

/// <summary>Worked example 4.7: stochastic gradient descent by hand, one sample a step.</summary>
public sealed class DescentByHandTests
{
    static readonly (double X, double Y)[] Data = [(50, 150), (80, 200), (120, 280)];

    static (double W, double B) After(int samples)
    {
        var line = new Linear(1, 1);
        line.To(DType.Float64);
        line.Weight.Set(Tensor.Zeros([1, 1], DType.Float64));
        line.Bias!.Set(Tensor.Zeros([1], DType.Float64));
        var optimizer = new Sgd(line.Parameters, 0.0001);
        for (int i = 0; i < samples; i++)
        {
            using var step = Tape.Begin();
            Tensor y = line.Forward(Tensor.Of([Data[i % 3].X], [1, 1]));
            new HalfMeanSquaredError().Compute(y, Tensor.Of([Data[i % 3].Y], [1, 1])).Backward();
            optimizer.Step();
        }
        return (line.Weight.Value.Item, line.Bias!.Value.Item);
    }

    [Theory]
    [InlineData(1, 0.750, 0.015)]
    [InlineData(2, 1.8699, 0.0290)]
    [InlineData(3, 2.5369, 0.0346)]
    [InlineData(30, 2.2674, 0.0515)]
    public void Weights_are_those_of_the_course(int samples, double w, double b)
    {
        (double actualW, double actualB) = After(samples);
        Assert.Equal(w, actualW, 5e-4);
        Assert.Equal(b, actualB, 5e-4);
    }
}
