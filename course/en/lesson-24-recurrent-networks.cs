// %% [markdown]
// # Recurrent networks
//
// A text is read letter by letter. The network keeps a state that changes with what it reads: $h_t = \tanh(W x_t + U
// h_{t-1} + b)$. The gradient comes back through all steps, multiplied each time: it vanishes or explodes. The
// **LSTM** adds a memory that is added to, with gates that open and close it; the **GRU** does the same with less.
//
// The measure: **bits per character**, cross-entropy to base 2.

// %% [markdown]
// ## A step by hand
//
// A cell with one number: $W = 0.5$, $U = 0.8$, $b = 0$; inputs 1, 0, 0.

// %%
double[] hidden = new double[3], inputs = [1, 0, 0];
for (int t = 0; t < 3; t++)
    hidden[t] = Math.Tanh(0.5 * inputs[t] + 0.8 * (t == 0 ? 0 : hidden[t - 1]));
Check("h₁, h₂, h₃", hidden, [0.4621, 0.3537, 0.2756]);
var cell = new Rnn(1, 1);
foreach (Parameter parameter in cell.Parameters)
    parameter.Set(Tensor.Of([.. Enumerable.Repeat(0f, parameter.Shape.Size)], parameter.Shape));
Parameter[] matrices = [.. cell.Parameters.Where(p => p.Shape.Rank == 2)];
matrices[0].Set(Tensor.Of([0.5f], [1, 1]));
matrices[1].Set(Tensor.Of([0.8f], [1, 1]));
Check("Rnn", cell.Forward(Tensor.Of([1f, 0, 0], [1, 3, 1])).ToArray<double>(), hidden);

// %% [markdown]
// ## Remembering
//
// The task: to say after 40 steps which number came first (0 or 1). With the same 150 training steps the simple RNN
// hardly does better than guessing (ln 2 = 0.693); those with gates are finding the way.

// %%
const int Steps = 40, Count = 64;
float[] noise = [.. Enumerable.Range(0, Count * Steps).Select(i =>
    i % Steps == 0 ? (i / Steps * 7 % 13) % 2 : 0.3f * MathF.Sin(i * 12.9898f))];
Tensor sequences = Tensor.Of(noise, [Count, Steps, 1]);
Tensor firsts = Tensor.Of([.. Enumerable.Range(0, Count).Select(i => noise[i * Steps])], [Count, 1]);
double[] Learn(Layer cell)
{
    var head = new Linear(16, 1);
    var model = new Sequential(cell, head);
    model.Initialize(seed: 1);
    var optimizer = new Adam(model.Parameters, 0.01);
    var losses = new double[150];
    for (int i = 0; i < losses.Length; i++)
    {
        using var step = Tape.Begin();
        Tensor last = model.Forward(sequences).Slice(.., ^1);
        Tensor loss = new BinaryCrossEntropy().Compute(last, firsts);
        loss.Backward();
        optimizer.Step();
        losses[i] = loss.Item;
    }
    return losses;
}
double[] rnn = Learn(new Rnn(1, 16)), lstm = Learn(new Lstm(1, 16)), gru = Learn(new Gru(1, 16));
Display(new LineChart("remembering the first", [new("RNN", rnn), new("LSTM", lstm), new("GRU", gru)])
{
    Across = "step",
    Up = "loss",
});
Console.WriteLine($"RNN {rnn[^1]:F4}, LSTM {lstm[^1]:F4}, GRU {gru[^1]:F4}");
Check("the RNN hardly remembers", rnn[^1] > 0.5);
Check("with gates it does", Math.Min(lstm[^1], gru[^1]) < 0.1);

// %% [markdown]
// **Exercise 1.** When the gradient is multiplied by 0.8 in each step, what is left after 20?

// %% Exercise 1 tags=["exercise"]
double left = 1;
// solution
left = Math.Pow(0.8, 20);
// end
Console.WriteLine($"{left:F4}");

// %% tags=["check"]
Check("0.8²⁰", left, 0.0115);

// %% [markdown]
// **Exercise 2.** A model gives each right letter a probability of 1/4. How many bits per character? And how many
// nats, which is what the loss shows?

// %% Exercise 2 tags=["exercise"]
double bits = 0, nats = 0;
// solution
(bits, nats) = (-Math.Log2(0.25), -Math.Log(0.25));
// end
Console.WriteLine($"{bits} bits, {nats:F4} nats");

// %% tags=["check"]
Check("bits", bits, 2);
Check("nats", nats, 1.3863);
