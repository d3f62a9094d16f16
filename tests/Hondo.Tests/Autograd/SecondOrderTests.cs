using System.Globalization;
using Hondo.Autograd;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using Hondo.Tests.Ops;
using Hondo.Tests.Ops.Cases;
using Xunit.Abstractions;

namespace Hondo.Tests.Autograd;

/// <summary>Gradients of gradients: every op either has them right, or is refused by name.</summary>
public sealed class SecondOrderTests(ITestOutputHelper output)
{
    const double Tolerance = 1e-5;

    public static TheoryData<string> Names =>
        [.. OpCases.All.Where(IsSupported).Select(c => c.Name)];

    // A watched tensor between x and y is refused; a cast to float32 is coarse.
    static bool IsSupported(OpCase @case) => @case.Name is not ("Watch" or "Cast");

    [Theory, MemberData(nameof(Names))]
    public void A_gradient_with_a_graph_is_the_gradient_that_Backward_gives(string name)
    {
        OpCase @case = OpCases.All.Single(c => c.Name == name);
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        Tensor[] x = [.. @case.Inputs.Select(input => input.DType.IsFloating ? Tape.Watch(input) : input)];
        Tensor y = Curved(@case.Apply(x));
        if (!y.Node.NeedsGradient)
            return;
        y.Backward();
        foreach (Tensor input in x.Where(input => input.DType.IsFloating && DependsOn(y, input)))
            Assert.All(input.Gradient.ToArray<double>()
                .Zip(Tape.Gradient(y, input, createGraph: true).ToArray<double>()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-9 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void An_op_without_second_derivatives_is_refused_by_name()
    {
        using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
        Tensor x = Tape.Watch(Inputs.Signed([3]));
        Assert.Contains("Foreign has no derivatives of second order", Assert.Throws<NotSupportedException>(
            () => Tape.Gradient(Tape.Apply(new ForeignOp(), x).Sum(), x, createGraph: true)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_penalty_on_the_gradient_of_an_lstm_has_the_same_gradient_in_single_as_in_double_precision()
    {
        var lstm = new Lstm(3, 4);
        lstm.Initialize(5);
        double[] Learned(DType type)
        {
            foreach (Parameter parameter in lstm.Parameters)
                parameter.ConvertTo(type);
            using Tape.Scope step = new Tape().Open(new(Mode.Training, 1, 1));
            Tensor x = Tape.Watch(Inputs.Signed([2, 3, 3]).To(type));
            Tape.Gradient(lstm.Forward(x).Square().Sum(), x, createGraph: true).Square().Sum().Backward();
            return [.. lstm.Parameters.SelectMany(parameter => parameter.Gradient.ToArray<double>())];
        }
        double[] single = Learned(DType.Float32), twice = Learned(DType.Float64);
        double largest = twice.Max(Math.Abs);
        Assert.True(largest > 1e-3);
        Assert.All(single.Zip(twice), pair => Assert.Equal(pair.Second, pair.First, 1e-5 * largest));
    }

    [Fact, Trait("Category", "SecondOrder")]
    public void The_worst_gradient_of_a_gradient_of_all_ops_is_within_a_hundred_thousandth()
    {
        (double Worst, string Name, int Count) worst = (0, "none", 0);
        foreach (OpCase @case in OpCases.All.Where(IsSupported))
            if (Check(@case) is { } report)
                worst = (Math.Max(worst.Worst, report.Worst), report.Worst > worst.Worst ? @case.Name : worst.Name,
                    worst.Count + 1);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"second order: {worst.Count} cases, worst "
            + $"{worst.Worst:e1} ({worst.Name}); none refused"));
        Assert.InRange(worst.Worst, 0, Tolerance);
    }

    // vᵀ·∂L/∂x of all inputs, whose own gradient is checked; null for an op that has no gradient at all.
    static GradientReport? Check(OpCase @case)
    {
        bool hasGradient = false;
        if (!@case.Inputs.Any(x => x.DType.IsFloating))
            return null;
        GradientReport report = Gradient.Check(x =>
        {
            Tensor y = Curved(@case.Apply(x)), sum = Tensor.Scalar(0.0);
            for (int i = 0; i < x.Count; i++)
                if (x[i].DType.IsFloating && DependsOn(y, x[i]))
                {
                    sum += (Tape.Gradient(y, x[i], createGraph: true) * Inputs.Signed(x[i].Shape, i + 3)).Sum();
                    hasGradient = true;
                }
            return hasGradient ? sum : x.First(t => t.DType.IsFloating).Sum();
        }, @case.Inputs);
        return hasGradient ? report : null;
    }

    // Not linear in the op's result, so that linear ops have a second derivative too.
    static Tensor Curved(Tensor y) => y.DType.IsFloating
        ? (y * y * Inputs.Between(0.3, 1.1, y.Shape) + y).Sum()
        : Tensor.Scalar(0.0);

    static bool DependsOn(Tensor y, Tensor x)
    {
        Stack<Node> open = new([y.Node]);
        while (open.TryPop(out Node? node))
        {
            if (ReferenceEquals(node, x.Node))
                return true;
            foreach (Node input in node.Inputs)
                if (node.NeedsGradient)
                    open.Push(input);
        }
        return false;
    }

    readonly record struct ForeignOp : IOp
    {
        static string IOp.Name => "Foreign";

        Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

        void IOp.Forward<T>(Operands<T> x, View<T> y) => x[0].Data.CopyTo(y.Data);

        void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
        {
            for (int i = 0; i < dy.Length; i++)
                dx[0][i] += dy[i];
        }
    }
}
