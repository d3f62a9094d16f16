// %% [markdown]
// # Practical 3: text generation with recurrent networks
//
// A character model reads a text letter by letter and says, at each place, how probable each next letter is. Trained on
// Shakespeare's plays it learns to spell, then to open and close speeches, and in the end it writes some of its own. We
// compare a simple recurrent network with an LSTM, and see what the temperature does.
//
// Run it with `./hondo notebook run practical-text.cs`, or cell by cell.

// %% [markdown]
// ## 1. The text
//
// 1.1 million characters: 90 % to train on, 5 % to choose by (dev) and 5 % to test. The text is cut into 50 streams that
// are read side by side, 50 characters a step; the network's memory goes on from step to step.

// %%
NamedDataset shakespeare = Datasets.Find("shakespeare");
DataSplits data = shakespeare.Open();
string text = Utf8Text.Read(Path.Combine(shakespeare.Folder!, shakespeare.TextFile!));
var tokenizer = ((TokenTargets)data.Train.Targets).Tokenizer;
Console.WriteLine($"{text.Length} characters, {tokenizer.Count} different ones");
Console.WriteLine(text[..200]);

// %% [markdown]
// **Question 1.** A model that knew nothing would give every character the same probability. How many bits per
// character would it need? That is the number to beat.

// %% Question 1 tags=["exercise"]
double ignorant = 0;
// solution
ignorant = Math.Log2(tokenizer.Count);
// end
Console.WriteLine($"knowing nothing: {ignorant:F3} bits per character");

// %% tags=["check"]
Check("the logarithm is of base 2", Math.Abs(ignorant - Math.Log(tokenizer.Count) / Math.Log(2)) < 1e-9);

// %% [markdown]
// ## 2. Two networks
//
// A simple recurrent cell mixes what it reads with its memory, $h_t = \tanh(W x_t + U h_{t-1} + b)$: the gradient goes
// through a product for every step, and vanishes. The LSTM has a memory that is added to,
// $c_t = f_t \odot c_{t-1} + i_t \odot g_t$, with gates that open and close it: the gradient has a straight way back.

// %%
Trainer TrainerOf(Sequential model, int epochs) => new(model, new TokenCrossEntropy(),
    new Adam(model.Parameters, learningRate: 0.004))
{
    Epochs = epochs,
    BatchSize = 50,
    Schedule = new CosineDecay(epochs),
    Callbacks = [new LiveCurves()],
};
double Bits(double nats) => nats / Math.Log(2);

Sequential rnn = CharRnn.Simple(tokenizer.Count, hidden: 128, layers: 1);
History rnnHistory = TrainerOf(rnn, 2).Fit(data);
Console.WriteLine($"RNN, 2 epochs: {Bits(rnnHistory["dev loss"][^1]):F3} bits per character on dev");

// %% [markdown]
// **Question 2.** Build and train an LSTM of two layers with 128 units (`CharRnn.Lstm`) for 6 epochs.

// %% Question 2 tags=["exercise"]
Sequential lstm = rnn;
History lstmHistory = rnnHistory;
// solution
lstm = CharRnn.Lstm(tokenizer.Count, hidden: 128, layers: 2);
lstmHistory = TrainerOf(lstm, 6).Fit(data);
// end
double lstmBits = Bits(lstmHistory["dev loss"][^1]);
Console.WriteLine($"LSTM, 6 epochs: {lstmBits:F3} bits per character on dev");

// %% tags=["check"]
Check("the LSTM needs at most 2.3 bits per character", lstmBits <= 2.3);
Check("the LSTM is better than the RNN", lstmBits < Bits(rnnHistory["dev loss"][^1]));

// %%
Display(new LineChart("RNN against LSTM, dev part",
[
    new("RNN", [.. rnnHistory["dev loss"].Select(Bits)]),
    new("LSTM", [.. lstmHistory["dev loss"].Select(Bits)]),
]) { Up = "bits per character" });

// %% [markdown]
// ## 3. Writing, and the temperature
//
// The scores are divided by a temperature before the softmax: below 1 the probable becomes more probable, and the text
// careful and repetitive; above 1 it becomes daring, and in the end misspelt.

// %%
var writer = new TextGenerator(lstm, tokenizer, window: 50);
foreach (double temperature in new[] { 0.2, 0.8, 1.3 })
    Console.WriteLine($"--- temperature {temperature}\n" + writer.Write(new()
    {
        Prompt = "ROMEO:",
        Length = 250,
        Temperature = temperature,
        Seed = 7,
    }) + "\n");

// %% [markdown]
// **Question 3.** How many different words do 1,000 characters have at temperature 0.2, and at 1.3?

// %% Question 3 tags=["exercise"]
int careful = 0, daring = 0;
// solution
int Words(double temperature) => writer.Write(new() { Prompt = "ROMEO:", Length = 1000, Temperature = temperature })
    .Split([' ', '\n', ',', '.', ';', ':', '!', '?'], StringSplitOptions.RemoveEmptyEntries).Distinct().Count();
(careful, daring) = (Words(0.2), Words(1.3));
// end
Console.WriteLine($"temperature 0.2: {careful} different words; 1.3: {daring}");

// %% tags=["check"]
Check("a higher temperature brings more different words", daring > careful);

// %% [markdown]
// ## Conclusion
//
// With the same data and optimizer the LSTM needs fewer bits per character than the simple network: its memory keeps
// for longer what was read. The temperature does not change what the model knows, only how boldly it speaks.
