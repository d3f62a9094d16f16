#:property PublishAot=false
#:project ../src/Hondo.Datasets
// A siamese network: one encoder for both pictures of a pair, trained by a contrastive loss (Hadsell et al. 2006) over
// all pairs of a batch. Then one example of each digit is enough to name unseen ones.
Dataset digits = Datasets.Digits().Train, test = Datasets.Digits().Test!;
var encoder = new Sequential(new Flatten(), new Linear(784, 128), new Relu(), new Linear(128, 16));
var trainer = new Trainer(encoder, step =>
{
    Tensor codes = encoder.Forward(step.Inputs), labels = step.Targets;
    Tensor distances = Distances(codes, codes);
    Tensor same = labels.Unsqueeze(1).EqualTo(labels.Unsqueeze(0)).To(DType.Float32);
    step.Minimize((same * distances.Square() + (1 - same) * (2 - distances).Relu().Square()).Mean());
}, new Adam(encoder.Parameters))
{ Epochs = 10, BatchSize = 64 };
trainer.Fit(new(digits));

int[] all = [.. Enumerable.Range(0, test.Count)];
int[] examples = [.. Enumerable.Range(0, 10).Select(digit => all.First(i => test.Label(i) == digit))];
int[] others = [.. all.Except(examples)];
Tensor nearest = Distances(Codes(others), Codes(examples)).ArgMin(axis: 1);
double right = nearest.ToArray<int>().Zip(others).Average(pair => pair.First == test.Label(pair.Second) ? 1.0 : 0);
Console.WriteLine($"named by one example a digit: {right:P1} right (wanted: 85 %)");
return right >= 0.85 ? 0 : 1;

static Tensor Distances(Tensor a, Tensor b) => ((a.Unsqueeze(1) - b.Unsqueeze(0)).Square().Sum(2) + 1e-6f).Sqrt();

Tensor Codes(int[] rows)
{
    var pixels = new float[rows.Length * 784];
    for (int i = 0; i < rows.Length; i++)
        test.CopySample(rows[i], pixels.AsSpan(i * 784, 784));
    return encoder.Forward(Tensor.Of(pixels, [rows.Length, 28, 28, 1]));
}
