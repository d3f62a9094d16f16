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
// 1.1 million characters: 90 % to train on, 5 % to choose by (dev) and 5 % to test. The text is cut into 32 streams
// that are read side by side, 64 characters a step; the network's memory goes on from step to step.

// %%
string text = Datasets.Find("shakespeare").ReadText();
DataSplits data = TextData.Of("shakespeare", text, new() { Streams = 32, Window = 64 });
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
//
// Before the network each character becomes 64 numbers that are learned, too (an *embedding*): so characters that are
// used alike, such as the vowels, may come to lie close to each other. Behind it a linear layer gives each character
// its score. Everything but the cell is the same for both networks, and so is their training.

// %%
Sequential ModelOf(Layer cell, int hidden) => new(new Embedding(tokenizer.Count, 64), cell,
    new Linear(hidden, tokenizer.Count, initializer: Initial.XavierUniform));
History Train(Sequential model) => new Trainer(model, new TokenCrossEntropy(),
    new Adam(model.Parameters, learningRate: 0.004))
{
    Epochs = 3,
    BatchSize = 32,
    Schedule = new CosineDecay(3),
    Callbacks = [new LiveCurves()],
}.Fit(data);
double Bits(double nats) => nats / Math.Log(2);

Sequential rnn = ModelOf(new Rnn(64, 256), 256);
Console.WriteLine($"{rnn.Parameters.Sum(one => one.Shape.Size)} parameters");
History rnnHistory = Train(rnn);
Console.WriteLine($"RNN: {Bits(rnnHistory["dev loss"][^1]):F3} bits per character on dev");

// %% [markdown]
// **Question 2.** Build an LSTM (`new Lstm(inputs, hidden)`) of as many units, and train it in the same way.

// %% Question 2 tags=["exercise"]
Sequential lstm = rnn;
History lstmHistory = rnnHistory;
// solution
lstm = ModelOf(new Lstm(64, 256), 256);
lstmHistory = Train(lstm);
// end
double lstmBits = Bits(lstmHistory["dev loss"][^1]);
Console.WriteLine($"LSTM: {lstmBits:F3} bits per character on dev");

// %% tags=["check"]
Check("the LSTM needs at most 2.2 bits per character", lstmBits <= 2.2);
Check("the LSTM is better than the RNN", lstmBits < Bits(rnnHistory["dev loss"][^1]));

// %%
Display(new LineChart("RNN against LSTM, dev part",
[
    new("RNN", [.. rnnHistory["dev loss"].Select(Bits)]),
    new("LSTM", [.. lstmHistory["dev loss"].Select(Bits)]),
]) { Up = "bits per character", Across = "epoch" });

// %% [markdown]
// ## 3. Writing, and the temperature
//
// The scores are divided by a temperature before the softmax: below 1 the probable becomes more probable, and the text
// careful and repetitive; above 1 it becomes daring, and in the end misspelt.

// %%
var writer = new TextGenerator(lstm, tokenizer, window: 64);
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
