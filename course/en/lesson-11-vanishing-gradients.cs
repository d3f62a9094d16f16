// %% [markdown]
// # Vanishing gradients, dying neurons
//
// On the way back the gradient is multiplied in each layer by the derivative of its activation. With sigmoids by 0.25
// at most: in the first layers of a deep network nothing is left, and they do not learn. With ReLU a neuron that gives
// 0 for all samples receives no gradient: it is **dead**.
//
// Remedies: ReLU or *leaky ReLU* in hidden layers, a good initialization, lower learning rates, batch normalization.

// %% [markdown]
// ## Five layers, measured
//
// The mean length of each layer's weight gradient, in the first step:

// %%
DataSplits digits = Datasets.Digits();
Batch batch = new Batches(digits.Train, new() { Size = 200 }).Epoch(0).First();
double[] Sizes(Func<Layer> activation)
{
    var layers = new List<Layer> { new Flatten() };
    for (int i = 0, width = 784; i < 5; i++, width = 64)
        layers.AddRange([new Linear(width, 64), activation()]);
    var model = new Sequential([.. layers, new Linear(64, 10)]);
    model.Initialize(seed: 1);
    using var step = Tape.Begin();
    new CrossEntropy().Compute(model.Forward(batch.Inputs), batch.Targets).Backward();
    return [.. model.Parameters.Where(p => p.Shape.Rank == 2)
        .Select(p => Math.Sqrt(p.Gradient.ToArray<double>().Average(g => g * g)))];
}
double[] sigmoids = Sizes(() => new Sigmoid()), relus = Sizes(() => new Relu());
Display(new LineChart("gradient of each layer",
    [new("sigmoid", sigmoids), new("ReLU", relus)])
{
    Across = "layer",
    UpScale = AxisScale.Log,
});
Check("with sigmoids almost nothing reaches the first layer",
    sigmoids[0] < sigmoids[5] / 1000);
Check("with ReLU it does", relus[0] > relus[5] / 100);

// %% [markdown]
// ## What the diagnosis says
//
// Hondo watches this while it trains and says so, with the remedy:

// %%
var deep = new Sequential(new Flatten(), new Linear(784, 64), new Sigmoid(), new Linear(64, 64), new Sigmoid(),
    new Linear(64, 64), new Sigmoid(), new Linear(64, 64), new Sigmoid(), new Linear(64, 64), new Sigmoid(),
    new Linear(64, 10));
var trainer = new Trainer(deep, new CrossEntropy(), new Sgd(deep.Parameters, 0.1))
{
    Epochs = 3,
    Callbacks = [new Diagnosis()],
};
History history = trainer.Fit(new DataSplits(digits.Train));
foreach (Finding finding in history.Findings)
    Console.WriteLine($"{finding.Code}: {finding.Sentence}");
Check("the vanishing gradient is named",
    history.Findings.Any(finding => finding.Code.Contains("vanish")));

// %% [markdown]
// **Exercise 1.** Put the hyperbolic tangent into `Sizes`. What share of the last layer's gradient reaches the first?

// %% Exercise 1 tags=["exercise"]
double share = 0;
// solution
double[] tanhs = Sizes(() => new Tanh());
share = tanhs[0] / tanhs[5];
// end
Console.WriteLine($"{share:F4}");

// %% tags=["check"]
Check("far more than with sigmoids", share > 100 * sigmoids[0] / sigmoids[5]);

// %% [markdown]
// **Exercise 2.** A ReLU layer with biases of −10: `layer.Bias!.Set(...)`. How many of its 64 neurons ever fire for
// the 200 digits?

// %% Exercise 2 tags=["exercise"]
var layer = new Linear(784, 64);
layer.Initialize(seed: 1);
int alive = 64;
// solution
layer.Bias!.Set(Tensor.Of([.. Enumerable.Repeat(-10f, 64)]));
float[] fired = layer.Forward(new Flatten().Forward(batch.Inputs)).Relu().Max(axis: 0).ToArray<float>();
alive = fired.Count(highest => highest > 0);
// end
Console.WriteLine(alive);

// %% tags=["check"]
Check("all dead", alive == 0);
