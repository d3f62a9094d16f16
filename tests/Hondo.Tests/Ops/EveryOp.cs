using System.Globalization;
using Hondo.Autograd;
using Hondo.Ops;
using Hondo.Tensors;
using Xunit.Abstractions;

namespace Hondo.Tests.Ops;

/// <summary>What holds for every op, checked for each: a new op needs one line in <see cref="OpCases"/>.</summary>
public sealed class EveryOp(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. OpCases.All.Select(c => c.Name)];

    static OpCase Find(string name) => OpCases.All.Single(c => c.Name == name);

    [Fact]
    public void Every_op_has_a_case_that_uses_it()
    {
        string[] missing = [.. OpTypes.Names.Except(Covered())];
        Assert.True(missing.Length == 0, "Add a line to a file of tests/Hondo.Tests/Ops/Cases for: "
            + string.Join(", ", missing));
        string[] unknown = [.. OpCases.All.Select(c => c.Op).Distinct().Except(OpTypes.Names)];
        Assert.True(unknown.Length == 0, "No op has the name: " + string.Join(", ", unknown));
    }

    [Theory, MemberData(nameof(Names)), Trait("Category", "GradCheck")]
    public void Gradients_equal_finite_differences(string name)
    {
        OpCase @case = Find(name);
        if (!HasGradient(@case))
            return;
        GradientReport report = Gradient.Check(@case.Apply, @case.Inputs);
        Assert.True(report.IsWithin(@case.Tolerance), report.ToString());
    }

    [Fact, Trait("Category", "GradCheck")]
    public void The_worst_gradient_of_all_ops_is_within_a_millionth()
    {
        (double Worst, string Name) worst = (0, "none");
        foreach (OpCase @case in OpCases.All.Where(c => c.Tolerance <= 1e-6 && HasGradient(c)))
            if (Gradient.Check(@case.Apply, @case.Inputs).Worst is var error && error > worst.Worst)
                worst = (error, @case.Name);
        int covered = OpTypes.Names.Intersect(Covered()).Count();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ops {covered}/{OpTypes.Names.Count}, worst {worst.Worst:e1} op {worst.Name}"));
        Assert.InRange(worst.Worst, 0, 1e-6);
    }

    [Theory, MemberData(nameof(Names))]
    public void Gradients_add_to_what_other_uses_of_an_operand_sent(string name)
    {
        OpCase @case = Find(name);
        if (!HasGradient(@case))
            return;
        // The second use is recorded later, so its gradient is there when the op's Backward runs.
        GradientReport report = Gradient.Check(inputs =>
        {
            Tensor y = @case.Apply(inputs);
            Tensor others = Tensor.Scalar(0.0);
            foreach (Tensor x in inputs)
                if (x.DType.IsFloating)
                    others += x.Square().Sum();
            return y.Square().Sum() + others;
        }, @case.Inputs);
        Assert.True(report.IsWithin(Math.Max(1e-7, @case.Tolerance)), report.ToString());
    }

    [Theory, MemberData(nameof(Names))]
    public void The_third_step_allocates_nothing(string name)
    {
        OpCase @case = Find(name);
        Parameter[] parameters = [.. @case.Inputs.Where(x => x.DType.IsFloating).Select(Parameter.Of)];
        Tensor[] inputs = [.. Replace(@case.Inputs, parameters)];
        var tape = new Tape();
        bool hasGradient = HasGradient(@case);
        long Step()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using (tape.Open(new StepInfo(Mode.Training, 1, 1)))
            {
                Tensor y = @case.Apply(inputs);
                if (hasGradient)
                    y.Sum().Backward();
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Step();
        Step();
        long least = Enumerable.Range(0, 5).Select(_ => Step()).Min();
        Assert.Equal(0, least);
    }

    [Theory, MemberData(nameof(Names))]
    public void NaN_reaches_every_number_that_depends_on_it(string name)
    {
        OpCase @case = Find(name);
        if (@case.NaNVanishes is not null)
            return;
        for (int i = 0; i < @case.Inputs.Length; i++)
            if (@case.Inputs[i].DType.IsFloating)
                for (int k = 0; k < @case.Inputs[i].Size; k += 1 + @case.Inputs[i].Size / 3)
                {
                    double[] before = With(@case, i, k, x => x), moved = With(@case, i, k, x => x * 1.001 + 1e-3);
                    double[] poisoned = With(@case, i, k, _ => double.NaN);
                    for (int j = 0; j < before.Length; j++)
                        Assert.True(before[j] == moved[j] || double.IsNaN(poisoned[j]),
                            $"number {j} of the result depends on number {k} of input {i}, "
                            + $"but is {poisoned[j]} when that is NaN");
                }
    }

    [Theory, MemberData(nameof(Names))]
    public void Float32_gives_what_float64_gives(string name)
    {
        OpCase @case = Find(name);
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        double[] exact = @case.Apply(@case.Inputs).ToArray<double>();
        Tensor[] single = [.. @case.Inputs.Select(x => x.DType.IsFloating ? x.To(DType.Float32) : x)];
        double[] rounded;
        try
        {
            rounded = @case.Apply(single).ToArray<double>();
        }
        catch (ArgumentException error) when (error.Message.Contains("Float32 and Float64", StringComparison.Ordinal))
        {
            return;
        }
        for (int i = 0; i < exact.Length; i++)
            Assert.True(Math.Abs(exact[i] - rounded[i]) <= 2e-6 * Math.Max(1, Math.Abs(exact[i])),
                $"{exact[i]} and {rounded[i]}");
    }

    // By name, and for the relations inside comparisons by use.
    static HashSet<string> Covered() => [.. OpCases.All.Where(c => OpTypes.Used(c).Contains(c.Op)).Select(c => c.Op),
        .. OpCases.All.Where(c => c.Op.StartsWith("Compare", StringComparison.Ordinal)).SelectMany(OpTypes.Used)];

    static double[] With(OpCase @case, int input, int element, Func<double, double> change)
    {
        Tensor[] inputs = [.. @case.Inputs];
        double[] values = inputs[input].ToArray<double>();
        values[element] = change(values[element]);
        inputs[input] = Tensor.Of(values, inputs[input].Shape);
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        return @case.Apply(inputs).ToArray<double>();
    }

    static bool HasGradient(OpCase @case)
    {
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        return @case.Apply([.. Replace(@case.Inputs,
            [.. @case.Inputs.Where(x => x.DType.IsFloating).Select(Parameter.Of)])]).Node.NeedsGradient;
    }

    static IEnumerable<Tensor> Replace(Tensor[] inputs, Parameter[] parameters)
    {
        int next = 0;
        foreach (Tensor x in inputs)
            yield return x.DType.IsFloating ? parameters[next++] : x;
    }
}
