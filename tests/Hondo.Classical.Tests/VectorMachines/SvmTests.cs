namespace Hondo.Classical.Tests.VectorMachines;

public sealed class SvmTests
{
    // Half a point, or one sample of a small set.
    static void IsAsGood(string data, string model, Func<IClassifier> make)
    {
        ReferenceData reference = ReferenceData.Of(data);
        int[] theirs = reference.Said(model), ours = reference.CrossPredict(make);
        double tolerance = Math.Max(0.005, 1.0 / reference.Count);
        Assert.InRange(reference.Accuracy(ours) - reference.Accuracy(theirs), -tolerance, tolerance);
        Assert.InRange(ours.Zip(theirs, (a, b) => a == b ? 1.0 : 0).Average(), 0.99, 1);
    }

    [Theory]
    [InlineData("iris")]
    [InlineData("wine")]
    [InlineData("breast_cancer")]
    [InlineData("digits")]
    public void Radial_basis_functions_say_what_scikit_learn_says(string data) =>
        IsAsGood(data, "rbf", () => new Svm(new RbfKernel()));

    [Theory]
    [InlineData("iris")]
    [InlineData("wine")]
    [InlineData("breast_cancer")]
    [InlineData("digits")]
    public void Polynomials_say_what_scikit_learn_says(string data) =>
        IsAsGood(data, "poly", () => new Svm(new PolynomialKernel(3, Gamma.Scale, Constant: 1)));

    [Theory]
    [InlineData("iris")]
    [InlineData("wine")]
    [InlineData("breast_cancer")]
    [InlineData("digits")]
    public void Hyperplanes_say_what_scikit_learn_says(string data) =>
        IsAsGood(data, "linear", () => new Svm(new LinearKernel()));

    // scikit-learn has 108 support vectors in its first fold.
    [Fact]
    public void There_are_as_many_support_vectors_as_scikit_learn_finds()
    {
        ReferenceData data = ReferenceData.Of("breast_cancer");
        int[] counts = [108, 105, 106, 103, 108], found = new int[5];
        var machines = new List<Svm>();
        data.CrossPredict(() =>
        {
            machines.Add(new Svm(new RbfKernel()));
            return machines[^1];
        });
        Assert.All(data.Folds.Distinct().Zip(machines), pair =>
            Assert.InRange(pair.Second.SupportRows.Count, counts[pair.First] - 1, counts[pair.First] + 1));
    }

    // The widest street between (0, 0) and (2, 2) runs at right angles to their difference: w = (½, ½), b = −1.
    [Fact]
    public void The_margin_of_two_points_is_their_distance()
    {
        var svm = new Svm(new LinearKernel(), c: 100) { Tolerance = 1e-9 };
        svm.Fit(new([0, 0, 2, 2, 3, 3, -1, 0], 2), [1, 0, 0, 1]);
        SvmPair only = Assert.Single(svm.Machines);
        Assert.Equal(Math.Sqrt(8), only.Margin, 1e-6);
        Assert.Equal([0, 1], svm.SupportRows);
        double[,] f = svm.Decide(new([0, 0, 2, 2, 1, 1], 2));
        Assert.Equal([-1.0, 1, 0], f.Cast<double>().Select(value => Math.Round(value, 6) + 0));
    }

    [Fact]
    public void Alphas_and_decisions_meet_the_conditions_of_Karush_Kuhn_and_Tucker()
    {
        ReferenceData data = ReferenceData.Of("breast_cancer");
        FeatureMatrix x = data.Standardized;
        var svm = new Svm(new RbfKernel(), c: 0.7) { Tolerance = 1e-6 };
        svm.Fit(x, data.Labels);
        double[,] f = svm.Decide(x);
        SvmPair only = svm.Machines[0];
        var alpha = only.Rows.Zip(only.Coefficients).ToDictionary(pair => pair.First, pair => pair.Second);
        Assert.Equal(0, alpha.Values.Sum(), 1e-9);
        for (int i = 0; i < x.Rows; i++)
        {
            double y = data.Labels[i] == 0 ? 1 : -1, a = alpha.GetValueOrDefault(i) * y, yf = y * f[i, 0];
            Assert.InRange(a, 0, 0.7);
            Assert.True(a == 0 ? yf >= 1 - 1e-4 : a == 0.7 ? yf <= 1 + 1e-4 : Math.Abs(yf - 1) < 1e-4,
                $"row {i}: alpha {a}, yf {yf}");
        }
    }

    [Fact]
    public void A_kernel_parts_what_no_line_can()
    {
        FeatureMatrix corners = new([0, 0, 0, 1, 1, 0, 1, 1], 2);
        int[] xor = [0, 1, 1, 0];
        var rbf = new Svm(new RbfKernel(1), c: 10);
        rbf.Fit(corners, xor);
        Assert.Equal(xor, rbf.Predict(corners));
        var line = new Svm(new LinearKernel(), c: 10);
        line.Fit(corners, xor);
        Assert.True(line.Accuracy(corners, xor) <= 0.75);
    }

    [Fact]
    public void Threads_and_memory_change_no_bit()
    {
        ReferenceData data = ReferenceData.Of("wine");
        double[] Decisions(long bytes)
        {
            var svm = new Svm(new RbfKernel()) { CacheBytes = bytes };
            svm.Fit(data.Standardized, data.Labels);
            return [.. svm.Decide(data.Standardized).Cast<double>()];
        }
        (double[] one, double[] four) = Threads.Both(() => Decisions(1 << 26));
        Assert.Equal(one, four);
        Assert.Equal(one, Decisions(1 << 13));
    }

    [Fact]
    public void The_default_gamma_is_that_of_scikit_learn()
    {
        FeatureMatrix x = new([1, 2, 3, 4, 5, 6], 2);
        Assert.Equal(1 / (2 * (35 / 12.0)), Gamma.Scale.For(x).Value, 1e-12);
        Assert.Equal(0.5, Gamma.Auto.For(x).Value);
    }

    [Fact]
    public void Wrong_uses_are_refused_with_their_remedy()
    {
        var svm = new Svm(new LinearKernel());
        Assert.Contains("Fit first", Assert.Throws<InvalidOperationException>(() => svm.Predict(new([1], 1))).Message,
            StringComparison.Ordinal);
        Assert.Contains("two classes", Assert.Throws<ArgumentException>(() => svm.Fit(new([1, 2], 1), [1, 1])).Message,
            StringComparison.Ordinal);
        svm.Fit(new([1, 2], 1), [0, 1]);
        Assert.Contains("rows of 1", Assert.Throws<ArgumentException>(() => svm.Predict(new([1, 2], 2))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Svm(new LinearKernel(), c: 0));
        Assert.Throws<ArgumentException>(() => new FeatureMatrix([1, double.NaN], 1));
    }
}
