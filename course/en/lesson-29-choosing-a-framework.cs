// %% [markdown]
// # Choosing a framework
//
// Three criteria: **easy to program**, **fast** and **truly open source**. The slides name Caffe/Caffe2, CNTK, DL4J,
// Keras, Lasagne, MXNet, PaddlePaddle, TensorFlow, Theano and Torch. Of these several are no longer maintained (Caffe,
// CNTK, Lasagne, MXNet, Theano); what remains is mostly Keras/TensorFlow and the heir of Torch, PyTorch. To choose is
// also to ask who will maintain it.
//
// Here Hondo measures itself, on this machine and now.

// %% [markdown]
// ## Easy to program
//
// A whole classifier of digits, from data to measure:

// %%
DataSplits digits = Datasets.Digits();
var model = new Sequential(new Flatten(), new Linear(784, 64), new Relu(), new Linear(64, 10));
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.003)) { Epochs = 12 };
trainer.Fit(new DataSplits(digits.Train));
double accuracy = trainer.Evaluate(digits.Test!)["accuracy"];
Console.WriteLine($"{100 * accuracy:F1} %");
Check("five lines, more than 90 %", accuracy > 0.9);

// %% [markdown]
// ## Fast
//
// Measured with care: warm up first, repeat, and take the median. The race against others is in `benchmarks/`, on one
// machine and in turn, since comparing figures of different machines says nothing.

// %%
Tensor a = Tensor.Of([.. Enumerable.Range(0, 256 * 256).Select(i => MathF.Sin(i))], [256, 256]);
double[] Times(int count) => [.. Enumerable.Range(0, count).Select(_ =>
{
    long start = System.Diagnostics.Stopwatch.GetTimestamp();
    a.MatMul(a);
    return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
})];
Times(20);
double median = Times(21).Order().ElementAt(10);
Console.WriteLine($"256×256×256: {1000 * median:F3} ms");
Check("something was measured", median > 0);

// %% [markdown]
// ## Open, and repeatable
//
// The same seed gives the same bits: that is what lets this notebook be checked.

// %%
float[] Train()
{
    var net = new Sequential(new Flatten(), new Linear(784, 16), new Tanh(), new Linear(16, 10));
    net.Initialize(seed: 3);
    new Trainer(net, new CrossEntropy(), new Adam(net.Parameters)) { Epochs = 1 }.Fit(new DataSplits(digits.Train));
    return net.Parameters.First().Value.ToArray<float>();
}
Check("the same bits", Train().SequenceEqual(Train()));

// %% [markdown]
// **Exercise 1.** How many operations (multiplications and additions) is a matrix product of 256×256×256?

// %% Exercise 1 tags=["exercise"]
double operations = 0;
// solution
operations = 2.0 * 256 * 256 * 256;
// end
Console.WriteLine($"{operations:N0}");

// %% tags=["check"]
Check("2 n³", operations, 33_554_432);

// %% [markdown]
// **Exercise 2.** A program takes 30 s, 24 s of which are matrix products. When these run twice as fast, how long does
// it take? (Amdahl's law.)

// %% Exercise 2 tags=["exercise"]
double seconds = 0;
// solution
seconds = 6 + 24 / 2.0;
// end
Console.WriteLine($"{seconds} s");

// %% tags=["check"]
Check("6 + 24 / 2", seconds, 18);
