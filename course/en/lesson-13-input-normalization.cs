// %% [markdown]
// # Input normalization
//
// When one variable goes from 0 to 1 and another from 0 to 10,000, the surface of the loss is a very long valley, and
// descent zigzags. The cure is to subtract the mean and divide by the standard deviation, **those of the training
// set**, for dev, test and later on too:
//
// $$\hat x = \frac{x - \mu_{train}}{\sigma_{train}}$$
//
// A constant variable has $\sigma = 0$: it stays 0, not NaN.

// %%
float[] raw = [.. Enumerable.Range(0, 200).SelectMany(i =>
    (float[])[i % 20 / 20f, 5000 + 1000 * MathF.Sin(i * 0.7f), 7])];
float[] targets = [.. Enumerable.Range(0, 200).Select(i => 3 * raw[3 * i] + raw[3 * i + 1] / 1000)];
var data = new Dataset("two scales", new FloatFeatures(raw, [3]), new RegressionTargets(targets, ["y"]));
DataSplits parts = Split.Usual.Of(new DataSplits(data));
Normalization normalization = Normalization.Fit(parts.Train);
Batch batch = new Batches(parts.Train, new() { Size = parts.Train.Count, Normalization = normalization }).Epoch(0)
    .First();
double[] means = batch.Inputs.Mean(axis: 0).ToArray<double>();
double[] squares = batch.Inputs.Square().Mean(axis: 0).ToArray<double>();
Check("means", means, [0, 0, 0], 1e-4);
Check("variances (the constant stays 0)", squares, [1, 1, 0], 1e-3);

// %% [markdown]
// ## With and without
//
// The same network, the same rate, the same epochs:

// %%
History Fit(Normalization? normalization, double rate)
{
    var model = new Sequential(new Linear(3, 1));
    model.Initialize(seed: 1);
    var trainer = new Trainer(model, new MeanSquaredError(), new Sgd(model.Parameters, rate))
    {
        Epochs = 20,
        BatchSize = 16,
        Normalization = normalization,
    };
    return trainer.Fit(new DataSplits(parts.Train));
}
History with = Fit(normalization, 0.1), without = Fit(null, 1e-8);
Display(new LineChart("loss", [new("normalized", with["loss"]),
    new("raw", without["loss"])]) { UpScale = AxisScale.Log });
Check("normalized it learns", with["loss"][^1] < 0.01);
Check("raw it hardly moves", without["loss"][^1] > 1);

// %% [markdown]
// **Exercise 1.** Normalize [2, 4, 4, 4, 5, 5, 7, 9] by hand (mean 5, deviation 2). What does 9 become?

// %% Exercise 1 tags=["exercise"]
double nine = 9;
// solution
nine = (9 - 5) / 2.0;
// end
Console.WriteLine(nine);

// %% tags=["check"]
double[] numbers = [2, 4, 4, 4, 5, 5, 7, 9];
double mean = numbers.Average(), sigma = Math.Sqrt(numbers.Average(x => (x - mean) * (x - mean)));
Check("(9 − μ) / σ", nine, (9 - mean) / sigma);

// %% [markdown]
// **Exercise 2.** Try the rate 1e-7 without normalization, inside a `try`. What happens?

// %% Exercise 2 tags=["exercise"]
bool diverges = false;
// solution
try
{
    diverges = Fit(null, 1e-7)["loss"][^1] > without["loss"][0];
}
catch (Exception error)
{
    Console.WriteLine(error.Message);
    diverges = true;
}
// end
Console.WriteLine(diverges);

// %% tags=["check"]
Check("ten times more is too much already", diverges);
