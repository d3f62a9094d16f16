// %% [markdown]
// # Train, dev and test
//
// One learns from **train**, chooses by **dev** and measures with **test**, once and at the end. Whoever chooses by
// *test* measures nothing any more.
//
// - Some 10⁴ samples: 60/20/20 (or 70/30 when nothing is chosen).
// - A million: 98/1/1, since 10,000 are enough to measure.
// - Dev and test must be alike: studio pictures are no test for a phone's model.
// - With few samples, **cross-validation**: $k$ parts, each of which is the test once.

// %%
DataSplits iris = Datasets.Iris();
DataSplits parts = Split.Usual.Of(iris, seed: 1);
Check("60/20/20 of 150", [parts.Train.Count, parts.Dev!.Count, parts.Test!.Count], [90, 30, 30]);
Check("each part has the same proportions",
    [.. parts.Dev!.ClassCounts().Select(count => (double)count)], [10, 10, 10]);
var same = Split.Usual.Of(iris, seed: 1);
Check("the same seed, the same split",
    Enumerable.Range(0, 90).All(i => same.Train.Label(i) == parts.Train.Label(i)));

// %% [markdown]
// ## Five folds
//
// The whole iris set: five times it is trained on four fifths and tested on the one that is left.

// %%
double[] scores = [.. Split.Folds(iris.Train, 5).Select(fold =>
{
    Trainer trainer = Recipe.For(fold, "softmax").Trainer(fold);
    trainer.Fit(new DataSplits(fold.Train));
    return trainer.Evaluate((fold.Test ?? fold.Dev)!)["accuracy"];
})];
Display(new BarChart("accuracy of each fold", [.. scores.Select((s, k) => ($"{k + 1}", s))]));
Console.WriteLine($"mean {100 * scores.Average():F1} %");
Check("mean ≥ 95 %", scores.Average() >= 0.95);

// %% [markdown]
// **Exercise 1.** How many samples does each part get when a million is split by 98/1/1?

// %% Exercise 1 tags=["exercise"]
int[] counts = [];
// solution
counts = [980_000, 10_000, 10_000];
// end
Console.WriteLine(string.Join(", ", counts));

// %% tags=["check"]
Check("98/1/1", [.. counts.Select(count => (double)count)], [980_000, 10_000, 10_000]);

// %% [markdown]
// **Exercise 2.** The standard error of a proportion $p$ measured with $n$ samples is $\sqrt{p(1-p)/n}$. With 99 %
// right of 10,000 samples, how many points are two standard errors?

// %% Exercise 2 tags=["exercise"]
double points = 0;
// solution
points = 100 * 2 * Math.Sqrt(0.99 * 0.01 / 10_000);
// end
Console.WriteLine($"± {points:F2}");

// %% tags=["check"]
Check("2 √(p(1−p)/n)", points, 0.199);
