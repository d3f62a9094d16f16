// %% [markdown]
// # Batch normalization
//
// What normalization does to the inputs, inside the network: each channel is centred and scaled by the mean and
// variance **of the batch** (the biased one, dividing by $m$), and then the network chooses a scale and shift of its
// own:
//
// $$\hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}, \qquad y = \gamma \hat x + \beta$$
//
// In use, moving averages that were kept during training take the place of the batch.

// %%
var norm = new BatchNorm(1);
double[] x = [1, 2, 3, 6];
using (Tape.Begin())
{
    double[] y = norm.Forward(Tensor.Of([1f, 2, 3, 6], [4, 1])).ToArray<double>();
    // μ = 3, σ² = (4 + 1 + 0 + 9) / 4 = 3.5
    Check("x̂", y, [.. x.Select(one => (one - 3) / Math.Sqrt(3.5 + 1e-5))]);
}

// %% [markdown]
// ## What it brings
//
// A network of six hidden layers, with and without, at the same rate:

// %%
DataSplits digits = Datasets.Digits();
History Fit(bool normalized)
{
    var layers = new List<Layer> { new Flatten() };
    for (int i = 0, width = 784; i < 6; i++, width = 48)
    {
        layers.Add(new Linear(width, 48, initializer: new Normal(0, 0.05)));
        if (normalized)
            layers.Add(new BatchNorm(48));
        layers.Add(new Relu());
    }
    var model = new Sequential([.. layers, new Linear(48, 10)]);
    model.Initialize(seed: 1);
    var trainer = new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1)) { Epochs = 4, BatchSize = 50 };
    return trainer.Fit(new DataSplits(digits.Train));
}
History with = Fit(true), without = Fit(false);
Display(new LineChart("loss",
    [new("with batch norm", with["loss"]), new("without", without["loss"])]));
Check("with it the network learns sooner", with["loss"][^1] < 0.5 * without["loss"][^1]);

// %% [markdown]
// **Exercise 1.** The biased variance of [2, 4, 6, 8].

// %% Exercise 1 tags=["exercise"]
double variance = 0;
// solution
variance = new[] { 2.0, 4, 6, 8 }.Average(one => (one - 5) * (one - 5));
// end
Console.WriteLine(variance);

// %% tags=["check"]
Check("σ²", variance, 5);

// %% [markdown]
// **Exercise 2.** Outside a step (`Tape.Begin()`) the layer uses its moving averages, not the batch. What does a new
// layer give for the input 3?

// %% Exercise 2 tags=["exercise"]
double three = 0;
// solution
three = new BatchNorm(1).Forward(Tensor.Of([3f], [1, 1])).Item;
// end
Console.WriteLine(three);

// %% tags=["check"]
Check("mean 0 and variance 1 to begin with", three, 3);
