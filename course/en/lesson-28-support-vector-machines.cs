// %% [markdown]
// # Support vector machines
//
// The baseline that a network is compared with. Of all the lines that separate two classes the **support vector
// machine** (Cortes and Vapnik 1995) takes the one with the widest margin: it minimizes $\frac12 \lVert w \rVert^2 + C
// \sum_i \max(0, 1 - y_i f(x_i))$. Only the points at the edge count, the *support vectors*. With a **kernel** that a
// person chooses, such as $e^{-\gamma \lVert x - x' \rVert^2}$, the boundary may be curved.

// %% [markdown]
// ## The worked example
//
// Four points on a line, −2 and −1 against 1 and 2: the margin goes from −1 to 1, and is 2 wide.

// %%
using Hondo.Classical;
var line = new FeatureMatrix([-2, -1, 1, 2], columns: 1);
var svm = new Svm(new LinearKernel(), c: 1000);
svm.Fit(line, [0, 0, 1, 1]);
Check("margin 2/‖w‖", svm.Machines[0].Margin, 2, 1e-2);
Check("support vectors", [.. svm.SupportRows.Select(row => (double)row)], [1, 2]);

// %% [markdown]
// ## A kernel for what no line separates
//
// A disc within a ring:

// %%
int[] ring = [.. Enumerable.Range(0, 80).Select(i => i % 2)];
double[] points = [.. Enumerable.Range(0, 80).SelectMany(i =>
{
    double radius = i % 2 == 0 ? 0.3 + 0.4 * (i % 7) / 7 : 1.3 + 0.3 * (i % 5) / 5, angle = i * 2.4;
    return (double[])[radius * Math.Cos(angle), radius * Math.Sin(angle)];
})];
var x = new FeatureMatrix(points, columns: 2);
double Accuracy(IClassifier model)
{
    model.Fit(x, ring);
    return model.Accuracy(x, ring);
}
double straight = Accuracy(new Svm(new LinearKernel())), curved = Accuracy(new Svm(new RbfKernel()));
Console.WriteLine($"linear {straight:P0}, RBF {curved:P0}");
Check("the line cannot", straight < 0.8);
Check("the RBF kernel can", curved > 0.98);
Display(new ScatterChart("disc and ring",
    [.. Enumerable.Range(0, 80).Select(i => (points[2 * i], points[2 * i + 1], $"{ring[i]}"))]));

// %% [markdown]
// ## Against a network
//
// Iris: the same split, an SVM, nearest neighbours and a network.

// %%
DataSplits iris = Split.TrainAndTest.Of(Datasets.Iris());
Normalization normalization = Normalization.Fit(iris.Train);
double Classic(IClassifier model)
{
    model.Fit(FeatureMatrix.Of(iris.Train, normalization), FeatureMatrix.Labels(iris.Train));
    return model.Accuracy(FeatureMatrix.Of(iris.Test!, normalization), FeatureMatrix.Labels(iris.Test!));
}
Trainer network = Recipe.For(iris).Trainer(iris);
network.Fit(new DataSplits(iris.Train));
(string Name, double Accuracy)[] results =
[
    ("SVM, RBF", Classic(new Svm(new RbfKernel()))), ("5-NN", Classic(new KNearestNeighbors(5))),
    ("network", network.Evaluate(iris.Test!)["accuracy"]),
];
Display(new BarChart("test accuracy", results));
Check("all above 90 %", results.All(result => result.Accuracy > 0.9));

// %% [markdown]
// **Exercise 1.** The hinge loss $\max(0, 1 - y f)$ of $y = 1$, $f = 0.3$ and of $y = -1$, $f = 0.3$.

// %% Exercise 1 tags=["exercise"]
double right = 0, wrong = 0;
// solution
(right, wrong) = (Math.Max(0, 1 - 0.3), Math.Max(0, 1 + 0.3));
// end
Console.WriteLine($"{right}, {wrong}");

// %% tags=["check"]
Check("max(0, 1 − yf)", [right, wrong], [0.7, 1.3]);

// %% [markdown]
// **Exercise 2.** With $\gamma = 0.5$, how alike (RBF kernel) are the points (0, 0) and (1, 1)?

// %% Exercise 2 tags=["exercise"]
double alike = 0;
// solution
alike = Math.Exp(-0.5 * 2);
// end
Console.WriteLine($"{alike:F4}");

// %% tags=["check"]
Check("e⁻¹", alike, 0.3679);
