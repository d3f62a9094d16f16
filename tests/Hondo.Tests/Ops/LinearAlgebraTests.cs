using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Tests.Ops.Cases;

namespace Hondo.Tests.Ops;

public sealed class LinearAlgebraTests
{
    static Tensor Random(Shape shape, ulong seed) => Tensor.RandomNormal(shape, seed, type: DType.Float64);

    static void AssertEqual(Tensor expected, Tensor actual, double tolerance = 1e-11)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray<double>().Zip(actual.ToArray<double>()),
            pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public void A_times_its_solution_is_the_right_side()
    {
        Tensor a = Random([4, 7, 7], 1), b = Random([7, 3], 2);
        AssertEqual(b.Expand([4, 7, 3]), a.MatMul(a.Solve(b)));
        AssertEqual(Tensor.Eye(7, type: DType.Float64).Expand([4, 7, 7]), a.Inverse().MatMul(a));
        // numpy.linalg.solve([[3, 1], [1, 2]], [9, 8])
        AssertEqual(Tensor.Of([2.0, 3]), Tensor.Of([3.0, 1, 1, 2], [2, 2]).Solve(Tensor.Of([9.0, 8])));
        // A row exchange is needed at the first step.
        AssertEqual(Tensor.Of([5.0, 4]), Tensor.Of([0.0, 1, 1, 0], [2, 2]).Solve(Tensor.Of([4.0, 5])));
    }

    [Fact]
    public void L_times_its_transpose_is_A()
    {
        Tensor x = Random([3, 6, 6], 3), a = x.MatMul(x, transposeB: true);
        Tensor l = a.Cholesky();
        AssertEqual(a, l.MatMul(l, transposeB: true));
        AssertEqual(l, l.Tril());
    }

    [Theory]
    [InlineData(6, 4)]
    [InlineData(4, 6)]
    [InlineData(5, 5)]
    [InlineData(1, 3)]
    public void The_decomposition_gives_the_matrix_back(int rows, int columns)
    {
        Tensor a = Random([2, rows, columns], 4);
        (Tensor u, Tensor s, Tensor v) = a.Svd();
        AssertEqual(a, (u * s.Unsqueeze(-2)).MatMul(v, transposeB: true));
        int k = Math.Min(rows, columns);
        AssertEqual(Tensor.Eye(k, type: DType.Float64).Expand([2, k, k]), u.MatMul(u, transposeA: true));
        AssertEqual(Tensor.Eye(k, type: DType.Float64).Expand([2, k, k]), v.MatMul(v, transposeA: true));
        Assert.Equal(s.ToArray<double>()[..k].OrderDescending(), s.ToArray<double>()[..k]);
    }

    [Fact]
    public void Singular_values_are_those_of_NumPy()
    {
        // numpy.linalg.svd([[1, 2], [3, 4], [5, 6]])
        Tensor s = Tensor.Of([1.0, 2, 3, 4, 5, 6], [3, 2]).Svd().S;
        AssertEqual(Tensor.Of([9.525518091565104, 0.5143005806586446]), s, 1e-13);
        (Tensor u, Tensor zeros, _) = Tensor.Of([1.0, 1, 1, 1, 1, 1], [3, 2]).Svd();
        Assert.Equal(0, zeros[1], 1e-15);
        AssertEqual(Tensor.Eye(2, type: DType.Float64), u.MatMul(u, transposeA: true));
    }

    [Fact]
    public void What_has_no_answer_is_refused_by_name()
    {
        Tensor singular = Tensor.Of([1.0, 2, 2, 4], [2, 2]);
        Assert.Contains("singular", Assert.Throws<ArgumentException>(() => singular.Inverse()).Message,
            StringComparison.Ordinal);
        Assert.Contains("positive definite",
            Assert.Throws<ArgumentException>(() => Tensor.Of([1.0, 2, 2, 1], [2, 2]).Cholesky()).Message,
            StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => Tensor.Of([double.NaN], [1, 1]).Svd())
            .Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Tensor.Ones([2, 3]).Inverse());
        Assert.Throws<ShapeException>(() => Tensor.Ones([3]).Solve(Tensor.Ones([3])));
        Assert.Throws<ShapeException>(() => Tensor.Ones([3]).Svd());
    }

    [Fact]
    public void Vectors_of_equal_singular_values_have_no_gradient_but_the_values_have()
    {
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        Tensor x = Tape.Watch(Tensor.Eye(2, type: DType.Float64));
        x.Svd().S.Sum().Backward();
        AssertEqual(Tensor.Eye(2, type: DType.Float64), x.Gradient);
        Tensor loss = (x.Svd().U * Inputs.Signed([2, 2])).Sum();
        Assert.Contains("equal", Assert.Throws<InvalidOperationException>(() => loss.Backward()).Message,
            StringComparison.Ordinal);
    }
}
