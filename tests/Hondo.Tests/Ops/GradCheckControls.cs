using Hondo.Autograd;
using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Tests.Ops.Cases;
using Xunit.Abstractions;

namespace Hondo.Tests.Ops;

/// <summary>The gradient check itself is checked: it must find every planted mistake.</summary>
public sealed class GradCheckControls(ITestOutputHelper output)
{
    [Fact, Trait("Category", "GradCheckControls")]
    public void Every_planted_mistake_is_found()
    {
        int found = 0, planted = 0;
        foreach (Mistake mistake in Enum.GetValues<Mistake>())
            foreach (bool ofSecond in new[] { false, true })
            {
                planted++;
                GradientReport report = Check(x =>
                {
                    Tensor y = Tape.Apply(new Spoiled(mistake, ofSecond), x[0], x[1]);
                    // A second use, so that overwriting another's part shows.
                    return mistake == Mistake.OverwritesInsteadOfAdding ? y.Sum() + (x[0] * x[1]).Sum() : y;
                });
                if (!report.IsWithin(1e-6))
                    found++;
                else
                    output.WriteLine($"not found: {mistake}, {(ofSecond ? "second" : "first")} operand: {report}");
            }
        output.WriteLine($"controls {found}/{planted}");
        Assert.Equal(planted, found);
    }

    [Fact]
    public void The_same_op_without_a_mistake_passes() =>
        Assert.True(Check(x => x[0] * x[0] * x[1]).IsWithin(1e-9));

    static GradientReport Check(Func<IReadOnlyList<Tensor>, Tensor> f) =>
        Gradient.Check(f, Inputs.Signed([3, 3]), Inputs.Signed([3, 3], 1));
}
