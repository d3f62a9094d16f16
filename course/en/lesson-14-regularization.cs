// %% [markdown]
// # Regularization
//
// A large network can learn by heart what it sees. For it to learn what is general:
//
// - **L2** adds $\frac{\lambda}{2m}\lVert w \rVert^2$ to the loss (of weights, not of biases): weights that are not
//   needed shrink. **L1**, with $|w|$, takes them to zero.
// - **Dropout**: each step a random part of the neurons is switched off; none can rely on another.
// - **Data augmentation**: shift, rotate, crop, noise. More real data is better still.
// - **Early stopping**: end when *dev* improves no more.

// %% [markdown]
// ## The worked example
//
// Few samples (200 digits) and a large network, with nothing, with L2 and with dropout:

// %%
DataSplits digits = Datasets.Digits();
var data = new DataSplits(digits.Train.Part("few", [.. Enumerable.Range(0, 200)]), digits.Test);
(History History, Sequential Model) Fit(double dropout = 0, IUpdateStep? penalty = null)
{
    var model = new Sequential(new Flatten(), new Linear(784, 128), new Relu(), new Dropout(dropout),
        new Linear(128, 10));
    model.Initialize(seed: 1);
    var optimizer = new Adam(model.Parameters);
    if (penalty is not null)
        optimizer.GradientTransforms.Add(penalty);
    var trainer = new Trainer(model, new CrossEntropy(), optimizer) { Epochs = 25, BatchSize = 20 };
    return (trainer.Fit(data), model);
}
var plain = Fit();
var l2 = Fit(penalty: new L2(0.02));
var dropped = Fit(dropout: 0.5);
Display(new LineChart("dev loss",
[
    new("—", plain.History["dev loss"]), new("L2", l2.History["dev loss"]),
    new("dropout", dropped.History["dev loss"]),
]));
double Size(Sequential model) => model.Parameters.Where(p => p.Shape.Rank == 2)
    .Sum(p => p.Value.ToArray<double>().Sum(w => w * w));
Console.WriteLine($"‖w‖²: {Size(plain.Model):F1}, L2 {Size(l2.Model):F1}");
Check("L2 shrinks the weights", Size(l2.Model) < Size(plain.Model));
Check("with nothing, train is learned by heart",
    plain.History["accuracy"][^1] > 0.99 && plain.History["dev accuracy"][^1] < 0.95);

// %% [markdown]
// ## Dropout, seen
//
// What is left of a layer of ones under dropout 0.5: those that stay are 2, so that the expected sum does not change.

// %%
using (Tape.Begin())
{
    float[] kept = new Dropout(0.5).Forward(Tensor.Of([.. Enumerable.Repeat(1f, 1000)])).ToArray<float>();
    Console.WriteLine($"{kept.Count(x => x == 0)} × 0, {kept.Count(x => x == 2)} × 2");
    Check("mean", kept.Average(), 1, 0.1);
}

// %% [markdown]
// **Exercise 1.** The L2 penalty $\frac{\lambda}{2m}\lVert w\rVert^2$ of $w = [1, -2, 2]$ with $\lambda = 0.6$ and $m
// = 3$.

// %% Exercise 1 tags=["exercise"]
double penalty = 0;
// solution
penalty = 0.6 / (2 * 3) * (1 + 4 + 4);
// end
Console.WriteLine(penalty);

// %% tags=["check"]
Check("λ/2m ‖w‖²", penalty, 0.9);

// %% [markdown]
// **Exercise 2.** Try L1 with `new L1(0.002)`. What share of the first layer's weights ends below 0.001 in absolute
// value, against the network with nothing?

// %% Exercise 2 tags=["exercise"]
double Zeros(Sequential model) =>
    ((Linear)model[1]).Weight.Value.ToArray<double>().Average(w => Math.Abs(w) < 0.001 ? 1.0 : 0);
double share = 0;
// solution
share = Zeros(Fit(penalty: new L1(0.002)).Model);
// end
Console.WriteLine($"L1 {share:P1}, — {Zeros(plain.Model):P1}");

// %% tags=["check"]
Check("L1 takes weights to zero", share > 3 * Zeros(plain.Model));
