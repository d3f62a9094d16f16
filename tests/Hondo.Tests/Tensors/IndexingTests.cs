using Hondo.Autograd;
using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Tensors;

public sealed class IndexingTests
{
    static Tensor Numbers => Tensor.Arange(0, 12).Reshape([3, 4]);

    [Fact]
    public void Indices_give_a_number_and_ranges_a_tensor()
    {
        Tensor x = Numbers;
        Assert.Equal(7, x[1, ^1]);
        Assert.Equal([7, 11], x[1.., ^1].ToArray<double>());
        Assert.Equal([4, 5, 6, 7], x[1, ..].ToArray<double>());
        Assert.Equal([0, 2, 8, 10], x[(..).By(2), (..).By(2)].ToArray<double>());
        Assert.Equal(Shape.Create([2, 4]), x[..2].Shape);
        Assert.Contains("x[1, ..]", Assert.Throws<ShapeException>(() => x[1]).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => x[.., .., ..]);
        Assert.Throws<ShapeException>(() => x[5.., 0]);
    }

    [Fact]
    public void A_mask_selects_numbers_or_rows()
    {
        Tensor x = Numbers;
        Assert.Equal([9, 10, 11], x[x > 8].ToArray<double>());
        Assert.Equal([0, 1, 2, 3, 8, 9, 10, 11], x[Tensor.Of([1, 0, 1])].ToArray<double>());
        Assert.Equal(Shape.Create([0]), x[x > 100].Shape);
        Assert.Throws<ShapeException>(() => x[Tensor.Of([1, 0, 1, 1])]);
    }

    [Fact]
    public void A_mask_that_selects_other_numbers_in_the_next_step_has_its_own_gradient()
    {
        var tape = new Tape();
        foreach (double limit in new[] { 8.0, 2, 10, 8 })
        {
            using Tape.Scope step = tape.Open(new(Mode.Training, 1, 1));
            Tensor x = Tape.Watch(Numbers);
            x[x > limit].Square().Sum().Backward();
            Assert.Equal(Enumerable.Range(0, 12).Select(i => i > limit ? 2.0 * i : 0), x.Gradient.ToArray<double>());
        }
    }

    [Fact]
    public void One_axis_of_a_new_shape_may_be_left_open()
    {
        Assert.Equal(Shape.Create([2, 6]), Numbers.Reshape([-1, 6]).Shape);
        Assert.Equal(Shape.Create([12]), Numbers.Reshape([-1]).Shape);
        Assert.Contains("whole multiple", Assert.Throws<ShapeException>(() => Numbers.Reshape([-1, 5])).Message,
            StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Numbers.Reshape([-1, -1]));
        Assert.Throws<ShapeException>(() => Numbers.Reshape([-1, 0]));
        Assert.Throws<ShapeException>(() => Numbers.Reshape([-1, 1, 1, 1, 1, 1, 1]));
        Assert.Throws<ShapeException>(() => Tensor.Scalar(1f).Flatten());
    }

    [Fact]
    public void Einsteins_sums_are_those_of_NumPy()
    {
        Tensor a = Numbers, b = Tensor.Arange(0, 8).Reshape([4, 2]);
        Assert.Equal(a.MatMul(b).ToArray<double>(), Tensor.Einsum("ij,jk->ik", a, b).ToArray<double>());
        Assert.Equal(a.MatMul(b).ToArray<double>(), Tensor.Einsum("ij, jk", a, b).ToArray<double>());
        Assert.Equal(a.Transpose().ToArray<double>(), Tensor.Einsum("ij->ji", a).ToArray<double>());
        Assert.Equal(66, Tensor.Einsum("ij->", a).Item);
        Assert.Equal(15, Tensor.Einsum("ii->", Tensor.Arange(0, 12).Reshape([3, 4])[.., ..3]).Item);
        Tensor product = Tensor.Einsum("i,i->i", Tensor.Of([1f, 2, 5]), Tensor.Of([2f, 3, 2]));
        Assert.Equal([2, 6, 10], product.ToArray<double>());
        // numpy.einsum("ab,cd,bd->ac", A, A, A[:, :].T @ A) of A = arange(12).reshape(3, 4)
        Tensor gram = a.MatMul(a, transposeA: true);
        Assert.Equal(a.MatMul(gram).MatMul(a, transposeB: true).ToArray<double>(),
            Tensor.Einsum("ab,cd,bd->ac", a, a, gram).ToArray<double>());
    }

    [Fact]
    public void Gradients_of_Einsteins_sums_equal_finite_differences()
    {
        Assert.True(Gradient.Check(x => Tensor.Einsum("bij,bkj->kbi", x[0], x[1]), Signed([2, 3, 4]),
            Signed([2, 2, 4], 1)).IsWithin(1e-8));
        Assert.True(Gradient.Check(x => Tensor.Einsum("bii->b", x), Signed([2, 3, 3])).IsWithin(1e-8));
        Assert.True(Gradient.Check(x => Tensor.Einsum("ij,jk,kl->l", x[0], x[1], x[2]), Signed([2, 3]),
            Signed([3, 4], 1), Signed([4, 2], 2)).IsWithin(1e-8));
        Assert.True(Gradient.Check(x => Tensor.Einsum("aij,bjj->ib", x[0], x[1]), Signed([2, 3, 2]),
            Signed([2, 2, 2], 1)).IsWithin(1e-8));
    }

    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData("ijk->i")]
    [InlineData("ii->i")]
    [InlineData("ij->ii")]
    [InlineData("ij->k")]
    [InlineData("i.j->ij")]
    [InlineData("ij->i->j")]
    public void An_equation_that_does_not_fit_says_why(string equation) => Assert.Contains(equation,
        Assert.Throws<ShapeException>(() => Tensor.Einsum(equation, Numbers)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_largest_few_are_at_least_none_and_at_most_all()
    {
        Assert.Equal(Shape.Create([3, 0]), Numbers.TopK(0).Shape);
        Assert.Contains("ask for 0 to 4", Assert.Throws<ShapeException>(() => Numbers.TopK(-1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Numbers.ArgTopK(5));
        Assert.Throws<ShapeException>(() => Tensor.Scalar(1f).TopK(1));
    }
}
