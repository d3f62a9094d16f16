// %% [markdown]
// # The neural Turing machine
//
// A network with a tape: a controller (an LSTM) reads and writes an external memory through **heads** that point by
// content (which row resembles this?) and by place (the next one). Everything is smooth, so there is a gradient all
// the way into the memory (Graves, Wayne and Danihelka 2014).
//
// The classic task is **copying**: to see a sequence of bits and, after a signal, to repeat it. When it learns the
// algorithm and not the samples, it also copies sequences longer than it has seen. Learning it whole takes some
// minutes (`./hondo train copy`); here we watch the beginning and look inside.

// %%
var machine = new NeuralTuringMachine(inputs: 6, hidden: 32);
machine.Initialize(seed: 1);
double[] shape = [.. machine.Forward(Tensor.Zeros([2, 9, 6])).Shape.Select(n => (double)n)];
Console.WriteLine(string.Join(" × ", shape));
Check("a batch of 2 sequences of 9 steps", [shape[0], shape[1]], [2, 9]);

// %% [markdown]
// ## The first steps

// %%
DataSplits copy = Datasets.Find("copy").Open();
Recipe recipe = Recipe.For(copy);
Console.WriteLine(recipe.Model);
Sequential model = NeuralTuringMachines.Of(copy.Train.Sample, copy.Train.Sample[^1] - 2);
model.Initialize(seed: 1);
var optimizer = new RmsProp(model.Parameters, 0.003, beta: 0.95);
optimizer.GradientTransforms.Add(new ClipNorm(1));
var losses = new List<double>();
foreach (Batch batch in new Batches(copy.Train, new() { Size = 16 }).Epoch(0).Take(25))
{
    using var step = Tape.Begin();
    Tensor loss = new BitCrossEntropy().Compute(model.Forward(batch.Inputs), batch.Targets);
    loss.Backward();
    optimizer.Step();
    losses.Add(loss.Item);
}
Display(new LineChart("copying: the loss at the beginning", [new("L", losses)])
{
    Across = "step",
});
Check("it begins to fall", losses.TakeLast(5).Average() < losses.Take(5).Average());

// %% [markdown]
// **Exercise 1.** Pointing by content is a softmax of similarities: with similarities [1, 0, −1] and sharpness $\beta
// = 5$, what weight does the first row get?

// %% Exercise 1 tags=["exercise"]
double weight = 0;
// solution
weight = Tensor.Of([5.0, 0, -5]).Softmax()[0];
// end
Console.WriteLine($"{weight:F4}");

// %% tags=["check"]
Check("softmax(β · [1, 0, −1])₁", weight, 0.9933);

// %% [markdown]
// **Exercise 2.** Shifting the head is a circular convolution: if it points at row 2 of 5 ([0, 0, 1, 0, 0]) and the
// shift is 0.9 'one ahead' and 0.1 'stay', what weights come out?

// %% Exercise 2 tags=["exercise"]
double[] pointer = [0, 0, 1, 0, 0], moved = new double[5];
// solution
for (int i = 0; i < 5; i++)
    moved[i] = 0.1 * pointer[i] + 0.9 * pointer[(i + 4) % 5];
// end
Console.WriteLine(string.Join(", ", moved));

// %% tags=["check"]
Check("w̃", moved, [0, 0, 0.1, 0.9, 0]);
