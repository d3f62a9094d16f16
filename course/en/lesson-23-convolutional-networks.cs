// %% [markdown]
// # Convolutional networks
//
// In a picture the same thing may appear anywhere. A **convolution** moves the same small filter over all places: few
// weights, and what it learns in one corner it knows in all. *Pooling* sums regions up. In the end linear layers
// decide.
//
// The size of the output is $\lfloor (n + 2p - k)/s \rfloor + 1$ for input $n$, padding $p$, kernel $k$ and stride
// $s$. A digit of MNIST is $1 \times 28 \times 28$ (channels first on the slides; in Hondo channels come last) and,
// flattened, 784 numbers.

// %%
Tensor image = Tensor.Zeros([64, 28, 28, 1]);
Check("flattened", [.. new Flatten().Forward(image).Shape.Select(n => (double)n)], [64, 784]);
double[] after = [.. new Conv2d(1, 6, kernel: 5).Forward(image).Shape.Select(n => (double)n)];
Check("conv 5×5", after, [64, 24, 24, 6]);
double[] pooled = [.. new MaxPool2d(2).Forward(Tensor.Zeros([64, 24, 24, 6])).Shape.Select(n => (double)n)];
Check("max pool 2", pooled, [64, 12, 12, 6]);

// %% [markdown]
// ## A filter by hand
//
// Sobel's filter answers to vertical edges:

// %%
DataSplits digits = Datasets.Digits();
var sobel = new Conv2d(1, 1, kernel: 3, bias: false);
sobel.Weight.Set(Tensor.Of([-1f, 0, 1, -2, 0, 2, -1, 0, 1], sobel.Weight.Shape));
float[] numbers = new float[8 * 784];
for (int i = 0; i < 8; i++)
    digits.Train.CopySample(i, numbers.AsSpan(i * 784, 784));
Tensor pictures = Tensor.Of(numbers, [8, 28, 28, 1]);
Display(Pictures(pictures, columns: 8));
Display(Pictures(sobel.Forward(pictures).Abs() * (1 / sobel.Forward(pictures).Abs().Max().Item), columns: 8));

// %% [markdown]
// ## A small network
//
// LeNet-5 on Hondo's digits. (In practical 1, on all of MNIST: more than 99 %.)

// %%
Sequential net = ConvNets.LeNet5([28, 28, 1], 10);
net.Initialize(seed: 1);
var trainer = new Trainer(net, new CrossEntropy(), new Adam(net.Parameters, 0.002)) { Epochs = 6, BatchSize = 32 };
History history = trainer.Fit(new DataSplits(digits.Train));
double accuracy = trainer.Evaluate(digits.Test!)["accuracy"];
Console.WriteLine($"{100 * accuracy:F1} %");
Display(ModelSummary.Of(net, [28, 28, 1]));
Check("more than 95 %", accuracy > 0.95);

// %% [markdown]
// **Exercise 1.** What size comes out of an input of 224 with kernel 7, stride 2 and padding 3?

// %% Exercise 1 tags=["exercise"]
int size = 0;
// solution
size = (224 + 2 * 3 - 7) / 2 + 1;
// end
Console.WriteLine(size);

// %% tags=["check"]
Check("⌊(n + 2p − k)/s⌋ + 1", size,
    new Conv2d(1, 1, kernel: 7, stride: 2, padding: 3).Forward(Tensor.Zeros([1, 224, 224, 1])).Shape[1]);

// %% [markdown]
// **Exercise 2.** How many parameters has a 3×3 convolution from 16 to 32 channels, with bias? And a linear layer from
// 28·28·16 to 28·28·32?

// %% Exercise 2 tags=["exercise"]
long convolution = 0, linear = 0;
// solution
convolution = 3 * 3 * 16 * 32 + 32;
linear = 28L * 28 * 16 * 28 * 28 * 32 + 28 * 28 * 32;
// end
Console.WriteLine($"{convolution:N0}, {linear:N0}");

// %% tags=["check"]
Check("conv", convolution, new Conv2d(16, 32, kernel: 3).Parameters.Sum(p => p.Shape.Size));
Check("linear", linear, 12544.0 * 25088 + 25088);
