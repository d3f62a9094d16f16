using Hondo.Metrics;
using Hondo.Tensors;

namespace Hondo.Tests.Metrics;

public sealed class NumberMetricTests
{
    static readonly Tensor Outputs = Tensor.Of([2.5f, 0, 2, 8], [4, 1]), Targets = Tensor.Of([3f, -0.5f, 2, 7], [4, 1]);

    static double Of(IMetric metric)
    {
        metric.Add(Outputs, Targets);
        return metric.Value;
    }

    [Fact]
    public void Errors_of_a_regression()
    {
        Assert.Equal(0.5, Of(new Mae()));
        Assert.Equal(0.375, Of(new Mse()));
        Assert.Equal(Math.Sqrt(0.375), Of(new Rmse()));
        Assert.Equal(1 - (1.5 / 29.1875), Of(new RSquared()), 1e-12);
    }

    [Fact]
    public void Saying_the_mean_explains_nothing()
    {
        var r = new RSquared();
        r.Add(Tensor.Full([3], 2), Tensor.Of([1f, 2, 3]));
        Assert.Equal(0, r.Value, 1e-12);
    }

    [Fact]
    public void R_squared_survives_a_large_mean()
    {
        var r = new RSquared();
        r.Add(Tensor.Of([1e9 + 1, 1e9 + 2, 1e9 + 3.5]), Tensor.Of([1e9 + 1, 1e9 + 2, 1e9 + 3]));
        Assert.Equal(1 - (0.25 / 2), r.Value, 1e-9);
    }

    [Fact]
    public void Batches_count_as_one_set()
    {
        var r = new RSquared();
        r.Add(Tensor.Of([2.5f, 0], [2, 1]), Tensor.Of([3f, -0.5f], [2, 1]));
        r.Add(Tensor.Of([2f, 8], [2, 1]), Tensor.Of([2f, 7], [2, 1]));
        Assert.Equal(Of(new RSquared()), r.Value, 1e-12);
    }

    [Fact]
    public void Shapes_that_would_broadcast_are_refused()
    {
        var error = Assert.Throws<ShapeException>(() => new Mae().Add(Outputs, Tensor.Zeros([4])));
        Assert.Equal("Mae got outputs [4, 1] and targets [4]: they need one shape. Reshape the targets to the "
            + "outputs' shape.", error.Message);
    }
}
