using Hondo.Layers;
using Hondo.Losses;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;

namespace Hondo.Classical.Tests.VectorMachines;

public sealed class LinearSvmTests
{
    static (FeatureMatrix X, int[] Labels) Cancer()
    {
        ReferenceData data = ReferenceData.Of("breast_cancer");
        return (data.Standardized, data.Labels);
    }

    static double Objective(FeatureMatrix x, int[] labels, double[] w, double c)
    {
        double sum = w.Sum(weight => weight * weight) / 2;
        for (int i = 0; i < x.Rows; i++)
        {
            double f = w[^1];
            for (int j = 0; j < x.Columns; j++)
                f += w[j] * x[i][j];
            sum += c * Math.Max(0, 1 - (labels[i] == 1 ? f : -f));
        }
        return sum;
    }

    [Fact]
    public void No_descent_along_the_hinge_loss_gets_lower()
    {
        (FeatureMatrix x, int[] labels) = Cancer();
        const double C = 0.1;
        var svm = new LinearSvm(C) { Tolerance = 1e-8, MaxEpochs = 5000 };
        svm.Fit(x, labels);
        double[] w = [.. svm.Weights[0]];
        var line = new Linear(x.Columns, 1);
        line.To(DType.Float64);
        var optimizer = new Adam(line.Parameters, 0.01);
        Tensor rows = Tensor.Of(x.Values.ToArray(), [x.Rows, x.Columns]);
        Tensor targets = Tensor.Of([.. labels.Select(label => (double)label)], [x.Rows, 1]);
        for (int i = 0; i < 1500; i++)
        {
            using var step = Tape.Begin();
            Tensor w2 = line.Weight, b2 = line.Bias!;
            Tensor hinge = new Hinge().Compute(line.Forward(rows), targets) * (C * x.Rows);
            (hinge + 0.5 * ((w2 * w2).Sum() + (b2 * b2).Sum())).Backward();
            optimizer.Step();
        }
        double[] descended = [.. line.Weight.Value.ToArray<double>(), line.Bias!.Value.Item];
        double least = Objective(x, labels, w, C);
        Assert.InRange(Objective(x, labels, descended, C), least, least * 1.02);
    }

    // LinearSVC(C=0.1, loss="hinge") of scikit-learn on the same folds.
    [Theory]
    [InlineData("iris", 0.8533)]
    [InlineData("wine", 0.9831)]
    [InlineData("digits", 0.9555)]
    public void One_against_the_rest_is_as_good_as_in_scikit_learn(string data, double theirs)
    {
        ReferenceData reference = ReferenceData.Of(data);
        Assert.InRange(reference.Accuracy(reference.CrossPredict(() => new LinearSvm(0.1) { Tolerance = 1e-3 })),
            theirs - 0.006, theirs + 0.006);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        ReferenceData data = ReferenceData.Of("wine");
        (double[] one, double[] four) = Threads.Both(() =>
        {
            var svm = new LinearSvm();
            svm.Fit(data.Standardized, data.Labels);
            return svm.Weights.SelectMany(w => w).ToArray();
        });
        Assert.Equal(one, four);
    }
}
