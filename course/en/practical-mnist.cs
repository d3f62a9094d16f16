// %% [markdown]
// # Practical 1: handwritten digits with a convolutional network
//
// MNIST has 70,000 handwritten digits of 28×28 pixels: 60,000 to train on and 10,000 to test. In this practical you
// train a convolutional network that gets more than 99 % of the test digits right, watch its learning curves while it
// trains, look at its mistakes, and give a verdict on bias and variance.
//
// Run it from top to bottom with `./hondo notebook run practical-mnist.cs`, or cell by cell in VS Code or JupyterLab.
// Cells with *Your code here* are yours; those that begin with `Check` say whether they are right.

// %% [markdown]
// ## 1. The data
//
// Three parts are needed: one learns from *train*, chooses by *dev*, and measures once, at the end, on *test*. MNIST
// comes with a test part of its own; of the rest 5,000 digits become *dev*, with the same share of each class.

// %%
DataSplits mnist = Datasets.Find("mnist").Open();
DataSplits data = new Split(55, 5, 0).Of(mnist.Train);
data = data with { Test = mnist.Test };
Console.WriteLine($"train {data.Train.Count}, dev {data.Dev!.Count}, test {data.Test!.Count}");
Display(Pictures(data.Train, Enumerable.Range(0, 24), columns: 12));

// %% [markdown]
// **Question 1.** Are the classes balanced? Count how many digits of each class *train* has.

// %% Question 1 tags=["exercise"]
int[] counts = [];
// solution
counts = data.Train.ClassCounts();
// end
Display(new BarChart("Digits of each class", [.. counts.Select((count, k) => ($"{k}", (double)count))]));

// %% tags=["check"]
Check("there are ten classes and 55,000 digits", counts.Length == 10 && counts.Sum() == 55_000);

// %% [markdown]
// ## 2. The network
//
// Two convolutions with ReLU and max pooling learn strokes and shapes; two linear layers decide. The last one has no
// softmax: the loss computes it from the scores, which is the numerically stable way:
//
// $$L = -\frac{1}{N} \sum_{i=1}^{N} \log \frac{e^{z_{i, y_i}}}{\sum_k e^{z_{i,k}}}$$
//
// **Question 2.** Build the network: convolution 5×5 from 1 to 16 channels, ReLU, max pool of 2, convolution 5×5 from
// 16 to 32, ReLU, max pool of 2, flatten, linear to 64, ReLU, dropout 0.25 and linear to 10.

// %% Question 2 tags=["exercise"]
Sequential model = new();
// solution
model = new Sequential(
    new Conv2d(1, 16, kernel: 5), new Relu(), new MaxPool2d(2),
    new Conv2d(16, 32, kernel: 5), new Relu(), new MaxPool2d(2),
    new Flatten(), new Linear(512, 64), new Relu(), new Dropout(0.25), new Linear(64, 10));
// end
ModelSummary.Of(model, data.Train.Sample)

// %% tags=["check"]
Check("the network gives ten scores for each digit", model.Forward(Tensor.Zeros([2, 28, 28, 1])).Shape[^1] == 10);
Check("the network has 46,730 parameters", ModelSummary.Of(model, data.Train.Sample).Parameters == 46_730);

// %% [markdown]
// ## 3. Data augmentation
//
// A digit that is turned by some degrees or moved by a pixel is the same digit. Each epoch sees each sample a little
// differently: the cheapest way to have more data, and it lowers the variance.

// %%
var augmentation = new Augmentation([new Rotate(8), new Shift(1)]);
float[] sample = new float[28 * 28];
Tensor Variants(int which, int count)
{
    float[] all = new float[count * sample.Length];
    for (int i = 0; i < count; i++)
    {
        data.Train.CopySample(which, sample);
        if (i > 0)
            augmentation.Apply(sample, data.Train.Sample, (ulong)i);
        sample.CopyTo(all, i * sample.Length);
    }
    return Tensor.Of(all, [count, 28, 28, 1]);
}
Display(Pictures(Variants(0, 12), ["original", .. Enumerable.Repeat("", 11)], columns: 12));

// %% [markdown]
// ## 4. Training
//
// Adam with a learning rate that falls along a cosine, in batches of 128. The curves are drawn anew after each epoch.

// %%
const int Epochs = 6;
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, learningRate: 0.003))
{
    Epochs = Epochs,
    BatchSize = 128,
    Schedule = new CosineDecay(Epochs),
    Normalization = Normalization.Fit(data.Train),
    Transform = augmentation,
    Callbacks = [new LiveCurves()],
};
History history = trainer.Fit(data);
Console.WriteLine($"dev: {100 * history["dev accuracy"][^1]:F2} % right");

// %% [markdown]
// The accuracy of *dev* may lie above that of *train*: *train* is measured during the epoch, with dropout and on
// distorted digits.
//
// ## 5. The mistakes
//
// A percentage does not say what goes wrong. Look at the digits that the network mistakes.

// %%
record Answer(int Sample, int Truth, int Said, double Probability);

List<Answer> Answers(Dataset part)
{
    List<Answer> answers = [];
    var batches = new Batches(part,
        new() { Size = 500, Order = BatchOrder.AsStored, Normalization = trainer.Normalization });
    foreach (Batch batch in batches.Epoch(0))
    {
        float[] probabilities = model.Forward(batch.Inputs).Softmax().ToArray<float>();
        for (int i = 0; i < batch.Count; i++)
        {
            float[] row = probabilities[(10 * i)..(10 * i + 10)];
            int said = Array.IndexOf(row, row.Max()), which = answers.Count;
            answers.Add(new(which, part.Label(which), said, row[said]));
        }
    }
    return answers;
}
List<Answer> dev = Answers(data.Dev!);
List<Answer> wrong = [.. dev.Where(one => one.Truth != one.Said).OrderByDescending(one => one.Probability)];
Console.WriteLine($"{wrong.Count} mistakes among {dev.Count}; the surest of them:");
Display(Pictures(data.Dev!, wrong.Take(16).Select(one => one.Sample),
    [.. wrong.Take(16).Select(one => $"{one.Truth} → {one.Said}")]));

// %% [markdown]
// **Question 3.** Which pair of digits does the network confuse most? Group the mistakes by (truth, answer).

// %% Question 3 tags=["exercise"]
List<(int Truth, int Said, int Count)> pairs = [];
// solution
pairs = [.. wrong.GroupBy(one => (one.Truth, one.Said)).Select(pair => (pair.Key.Truth, pair.Key.Said, pair.Count()))
    .OrderByDescending(pair => pair.Item3).ThenBy(pair => pair.Item1)];
// end
foreach (var (truth, said, count) in pairs.Take(5))
    Console.WriteLine($"{truth} taken for {said}: {count}");

// %% tags=["check"]
Check("the pairs add up to all mistakes", pairs.Sum(pair => pair.Count) == wrong.Count);

// %% [markdown]
// ## 6. Bias or variance?
//
// A careful person gets about 0.2 % of the digits wrong. Bias is what lies between the error of *train* and that of the
// person; variance, what lies between *dev* and *train*.
//
// **Question 4.** Measure the error of *train* **without** dropout and augmentation (`trainer.Evaluate`), and of *dev*.

// %% Question 4 tags=["exercise"]
double trainError = 1, devError = 1;
// solution
trainError = 1 - trainer.Evaluate(data.Train)["accuracy"];
devError = 1 - trainer.Evaluate(data.Dev!)["accuracy"];
// end
Console.WriteLine($"error: person 0.20 %, train {100 * trainError:F2} %, dev {100 * devError:F2} %");
var verdict = new BiasVariance(0.002, trainError, devError, data.Dev!.Count);
Console.WriteLine($"high bias: {(verdict.IsBiasHigh ? "yes" : "no")}, high variance: "
    + (verdict.IsVarianceHigh ? "yes" : "no"));

// %% tags=["check"]
Check("the error of train is below 2 %", trainError < 0.02);
Check("the error of dev is below 2 %", devError < 0.02);

// %% [markdown]
// ## 7. The test, once
//
// *Test* was used to choose nothing: that is why what is measured here can be expected of digits never seen.

// %%
double accuracy = trainer.Evaluate(data.Test!)["accuracy"];
Console.WriteLine($"test: {100 * accuracy:F2} % right");
Check("more than 99 % of the test digits", accuracy >= 0.99);

// %%
var matrix = new ConfusionMatrix();
foreach (Batch batch in new Batches(data.Test!, new() { Size = 500, Normalization = trainer.Normalization }).Epoch(0))
    matrix.Add(model.Forward(batch.Inputs), batch.Targets);
matrix

// %% [markdown]
// ## Conclusion
//
// Neither bias nor variance is high: the network is close to what a person sees. What is left are digits that a reader
// would hesitate over, too. If more were needed, an ensemble or a larger architecture would come next; more
// regularization would not.
