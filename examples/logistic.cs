#:property PublishAot=false
#:project ../src/Hondo.Insights
// Logistic regression: is an iris a versicolor or a virginica? Probabilities, odds and log-odds of a few flowers.
Dataset irises = Datasets.Iris().Train;
int[] rows = [.. Enumerable.Range(0, irises.Count).Where(i => irises.Label(i) != 0)];
var numbers = new float[rows.Length * 4];
for (int i = 0; i < rows.Length; i++)
    irises.CopySample(rows[i], numbers.AsSpan(i * 4, 4));
var flowers = new Dataset("two irises", new FloatFeatures(numbers, [4], irises.Features.Names),
    new ClassTargets([.. rows.Select(row => irises.Label(row) - 1)], ["versicolor", "virginica"]));

// One score, the log-odds of virginica, learned by binary cross-entropy. The recipe normalizes the measures, so that
// 0.1 cm and 1 cm count alike: the weights then tell which measure matters.
DataSplits parts = Split.Usual.Of(new DataSplits(flowers), seed: 1);
Trainer trainer = Recipe.For(parts, "logistic").Trainer(parts);
trainer.Fit(parts);
Console.WriteLine($"test: {trainer.Evaluate(parts.Test!)}");

var batches = new Batches(parts.Test!, new() { Size = 5, Normalization = trainer.Normalization });
foreach (var (x, labels) in batches.Epoch(0).Take(1))
{
    double[] probabilities = trainer.Model.Forward(x).Sigmoid().ToArray<double>();
    foreach ((int i, double p) in probabilities.Index())
        Console.WriteLine($"virginica with p = {p:F3}, odds {Odds.Of(p):F2}, log-odds {Odds.Log(p):F2}; "
            + $"it is a {flowers.Classes[(int)labels[i]]}");
}
