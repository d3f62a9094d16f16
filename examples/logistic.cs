#:property PublishAot=false
#:project ../src/Hondo
// Logistic regression: is an iris a versicolor or a virginica? Probabilities, odds and log-odds of a few flowers.
Dataset irises = Datasets.Iris().Train;
int[] rows = [.. Enumerable.Range(0, irises.Count).Where(i => irises.Label(i) != 0)];
var numbers = new float[rows.Length * 4];
for (int i = 0; i < rows.Length; i++)
    irises.CopySample(rows[i], numbers.AsSpan(i * 4, 4));
var flowers = new Dataset("two irises", new FloatFeatures(numbers, [4], irises.Features.Names),
    new ClassTargets([.. rows.Select(row => irises.Label(row) - 1)], ["versicolor", "virginica"]));

// The normalization makes 0.1 cm and 1 cm count alike: the weights then tell which measure matters.
DataSplits parts = Split.Usual.Of(new DataSplits(flowers), seed: 1);
var model = new Sequential(new Linear(4, 2));
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, learningRate: 0.05))
{
    Epochs = 100,
    BatchSize = 16,
    Normalization = Normalization.Fit(parts.Train),
};
trainer.Fit(parts);
Console.WriteLine($"test: {trainer.Evaluate(parts.Test!)}");

var batches = new Batches(parts.Test!, new() { Size = 5, Normalization = trainer.Normalization });
foreach (var (x, labels) in batches.Epoch(0))
{
    double[] p = model.Forward(x).Softmax().ToArray<double>();
    for (int i = 0; i < labels.Size; i++)
        Console.WriteLine($"virginica with p = {p[2 * i + 1]:F3}, odds {Odds.Of(p[2 * i + 1]):F2}, log-odds "
            + $"{Odds.Log(p[2 * i + 1]):F2}; it is a {flowers.Classes[(int)labels[i]]}");
    break;
}
