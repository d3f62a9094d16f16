using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

public sealed class CreationTests
{
    // Kept, as an unoptimised program allocates for a list of numbers that stands in the code.
    static readonly Shape Eight = [8];

    [Fact]
    public void Random_numbers_are_a_function_of_seed_and_stream()
    {
        Func<ulong, ulong, Tensor>[] makers =
        [
            (seed, stream) => Tensor.RandomNormal([50], seed, stream),
            (seed, stream) => Tensor.RandomUniform([50], seed, stream),
            (seed, stream) => Tensor.Bernoulli([50], 0.4, seed, stream),
            (seed, stream) => Tensor.Permutation(50, seed, stream),
        ];
        Assert.All(makers, make =>
        {
            double[] numbers = make(3, 8).ToArray<double>();
            Assert.Equal(numbers, make(3, 8).ToArray<double>());
            Assert.NotEqual(numbers, make(4, 8).ToArray<double>());
            Assert.NotEqual(numbers, make(3, 9).ToArray<double>());
            using Tape.Scope step = new Tape().Open(new(Mode.Training, 77, 5));
            Assert.Equal(numbers, make(3, 8).ToArray<double>());
        });
    }

    [Fact]
    public void Distributions_have_their_moments()
    {
        double[] normal = Tensor.RandomNormal([100_000], 1, mean: 2, deviation: 3).ToArray<double>();
        Assert.Equal(2, normal.Average(), 0.05);
        Assert.Equal(9, normal.Average(x => (x - 2) * (x - 2)), 0.2);
        double[] uniform = Tensor.RandomUniform([100_000], 1, low: -1, high: 3).ToArray<double>();
        Assert.Equal(1, uniform.Average(), 0.02);
        Assert.Equal(16.0 / 12, uniform.Average(x => (x - 1) * (x - 1)), 0.02);
        Assert.InRange(uniform.Max(), 2.9, 2.9999999);
        Assert.Equal(0.3, Tensor.Bernoulli([100_000], 0.3, 1).ToArray<double>().Average(), 0.01);
    }

    [Fact]
    public void The_upper_end_is_never_drawn() => Assert.All(
        Tensor.RandomUniform([1000], 1, low: 1, high: 1.0000002).ToArray<double>(), x => Assert.True(x < 1.0000002f));

    [Fact]
    public void A_permutation_holds_each_number_once() =>
        Assert.Equal(Enumerable.Range(0, 1000), Tensor.Permutation(1000, 5).ToArray<int>().Order());

    [Fact]
    public void Sequences_are_those_of_NumPy()
    {
        Assert.Equal([0, 1, 2, 3, 4], Tensor.Arange(0, 5, type: DType.Int32).ToArray<int>());
        Assert.Equal([1, 1.5, 2, 2.5], Tensor.Arange(1, 3, 0.5).ToArray<double>());
        Assert.Equal([5, 3, 1], Tensor.Arange(5, 0, -2).ToArray<double>());
        Assert.Empty(Tensor.Arange(3, 1).ToArray<double>());
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], Tensor.Linspace(0, 1, 5).ToArray<double>());
        Assert.Equal(0.3, Tensor.Linspace(0.1, 0.3, 4, DType.Float64)[3]);
        Assert.Equal([7.0], Tensor.Linspace(7, 9, 1).ToArray<double>());
        Assert.Equal([1, 0, 0, 0, 1, 0], Tensor.Eye(2, 3).ToArray<double>());
        Tensor like = Tensor.OnesLike(Tensor.Of(new[] { 3, 4 }));
        Assert.Equal((DType.Int32, 2), (like.DType, like.Size));
        Assert.Equal([0, 0], Tensor.ZerosLike(like).ToArray<int>());
    }

    [Fact]
    public void A_step_that_draws_allocates_nothing()
    {
        var tape = new Tape();
        long Step()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (tape.Open(new(Mode.Training, 1, 1)))
                _ = Tensor.RandomNormal(Eight, 1) + Tensor.RandomUniform(Eight, 2) * Tensor.Bernoulli(Eight, 0.5, 3)
                    + Tensor.Arange(0, 8) + Tensor.Linspace(0, 1, 8);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Step();
        Step();
        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Step()));
    }

    [Fact]
    public void What_cannot_be_made_is_refused_by_name()
    {
        Assert.Contains("step must not be 0", Assert.Throws<ArgumentException>(() => Tensor.Arange(0, 1, 0)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Tensor.Arange(0, 1e12));
        Assert.Throws<ArgumentException>(() => Tensor.Linspace(0, 1, 3, DType.Int32));
        Assert.Throws<ArgumentException>(() => Tensor.RandomNormal([2], 1, type: DType.Int32));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Bernoulli([2], 1.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.RandomUniform([2], 1, low: 2, high: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Permutation(-1, 1));
    }
}
