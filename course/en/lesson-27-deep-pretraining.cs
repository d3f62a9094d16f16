// %% [markdown]
// # Deep pre-training
//
// Before ReLU and good initializations a network of many layers would not be trained. Hinton and Salakhutdinov (2006)
// trained it layer by layer, without labels: each layer is a **restricted Boltzmann machine** (RBM), which learns to
// reconstruct what it sees. Then they are stacked, *unrolled* into an autoencoder (encode and decode), and all of it
// is fine-tuned by backpropagation.
//
// An RBM has visible units $v$ and hidden units $h$ and an energy $E = -b^\top v - c^\top h - v^\top W h$. It learns
// by **contrastive divergence** (CD-k): $\Delta W = \eta\,(\langle v h \rangle_{data} - \langle v h \rangle_{k})$.

// %%
using Hondo.Classical;
Dataset digits = Datasets.Digits().Train.Part("some", [.. Enumerable.Range(0, 1000)]);
float[] rows = Pretraining.RowsOf(digits);
var machine = new RestrictedBoltzmannMachine(visible: 784, hidden: 64);
machine.Initialize(seed: 1);
double before = machine.ReconstructionError(rows);
IReadOnlyList<double> errors = new ContrastiveDivergence { Epochs = 8 }.Fit(machine, rows);
Display(new LineChart("CD-1", [new("reconstruction error", errors)]) { Across = "epoch" });
Console.WriteLine($"{before:F4} → {machine.ReconstructionError(rows):F4}");
Check("it learns to reconstruct", machine.ReconstructionError(rows) < before / 2);

// %% [markdown]
// ## What it has learned
//
// Each hidden unit looks at a piece of the digit. Its weights, as pictures:

// %%
float[] weights = machine.Weights.ToArray();
float most = weights.Max(Math.Abs);
float[] pictures = new float[16 * 784];
for (int unit = 0; unit < 16; unit++)
    for (int pixel = 0; pixel < 784; pixel++)
        pictures[unit * 784 + pixel] = 0.5f + 0.5f * weights[pixel * 64 + unit] / most;
Display(Pictures(Tensor.Of(pictures, [16, 28, 28, 1]), columns: 8));

// %% [markdown]
// ## Stack, unroll, fine-tune
//
// With a code of 12 numbers: PCA, the best linear projection, against two RBMs that are stacked, unrolled and
// fine-tuned. Measured on digits that neither has seen.

// %%
Dataset more = Datasets.Digits().Train.Part("more", [.. Enumerable.Range(0, 3000)]), test = Datasets.Digits().Test!;
double linear = Pca.Fit(FeatureMatrix.Of(more), 12).ReconstructionError(FeatureMatrix.Of(test));
var stack = Pretraining.Stack(Pretraining.RowsOf(more), 784, [128, 12], new ContrastiveDivergence { Epochs = 5 });
Sequential autoencoder = Pretraining.Unroll(stack);
double Error() => Pretraining.ReconstructionError(autoencoder, Pretraining.RowsOf(test), 784);
double unrolled = Error();
var trainer = new Trainer(autoencoder, new BinaryCrossEntropy(), new Adam(autoencoder.Parameters, 0.002))
{
    Epochs = 60,
    BatchSize = 100,
    Metrics = [],
};
trainer.Fit(new DataSplits(Pretraining.ToItself(more)));
double tuned = Error();
Display(new BarChart("reconstruction error",
    [("stacked", unrolled), ("PCA", linear), ("fine-tuned", tuned)]));
Console.WriteLine($"PCA {linear:F2}, stacked {unrolled:F2}, fine-tuned {tuned:F2}");
Check("fine-tuned they lose less than PCA", tuned < linear);

// %% [markdown]
// **Exercise 1.** How many weights and biases has an RBM of 784 visible and 64 hidden units?

// %% Exercise 1 tags=["exercise"]
int count = 0;
// solution
count = 784 * 64 + 784 + 64;
// end
Console.WriteLine(count);

// %% tags=["check"]
Check("W, b, c", count, 51_024);

// %% [markdown]
// **Exercise 2.** The energy of $v = (1, 0)$, $h = (1)$ with $W = (2, -1)^\top$, $b = (0.5, 0)$ and $c = -1$.

// %% Exercise 2 tags=["exercise"]
double energy = 0;
// solution
energy = -0.5 * 1 - -1 * 1 - 1 * 2 * 1;
// end
Console.WriteLine(energy);

// %% tags=["check"]
Check("E(v, h)", energy, -1.5);
