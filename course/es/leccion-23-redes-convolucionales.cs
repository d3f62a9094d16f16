// %% [markdown]
// # Redes convolucionales
//
// En una imagen lo mismo puede aparecer en cualquier sitio. Una **convolución** pasa el mismo filtro pequeño por todas
// partes: pocos pesos, y lo que aprende en una esquina lo sabe en todas. *Pooling* resume regiones. Al final, capas
// lineales deciden.
//
// El tamaño de la salida: $\lfloor (n + 2p - k)/s \rfloor + 1$ para entrada $n$, relleno $p$, núcleo $k$ y paso $s$.
// Una cifra de MNIST es $1 \times 28 \times 28$ (canales primero en las transparencias; en Hondo los canales van al
// final) y, aplanada, 784 números.

// %%
Tensor image = Tensor.Zeros([64, 28, 28, 1]);
Check("aplanada", [.. new Flatten().Forward(image).Shape.Select(n => (double)n)], [64, 784]);
double[] after = [.. new Conv2d(1, 6, kernel: 5).Forward(image).Shape.Select(n => (double)n)];
Check("conv 5×5", after, [64, 24, 24, 6]);
double[] pooled = [.. new MaxPool2d(2).Forward(Tensor.Zeros([64, 24, 24, 6])).Shape.Select(n => (double)n)];
Check("max pool 2", pooled, [64, 12, 12, 6]);

// %% [markdown]
// ## Un filtro a mano
//
// El filtro de Sobel responde a los bordes verticales:

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
// ## Una red pequeña
//
// LeNet-5 con las cifras de Hondo. (En la práctica 1, con MNIST entero: más del 99 %.)

// %%
Sequential net = ConvNets.LeNet5([28, 28, 1], 10);
net.Initialize(seed: 1);
var trainer = new Trainer(net, new CrossEntropy(), new Adam(net.Parameters, 0.002)) { Epochs = 6, BatchSize = 32 };
History history = trainer.Fit(new DataSplits(digits.Train));
double accuracy = trainer.Evaluate(digits.Test!)["accuracy"];
Console.WriteLine($"{100 * accuracy:F1} %");
Display(ModelSummary.Of(net, [28, 28, 1]));
Check("más del 95 %", accuracy > 0.95);

// %% [markdown]
// **Ejercicio 1.** ¿Qué tamaño sale de una entrada de 224 con núcleo 7, paso 2 y relleno 3?

// %% Ejercicio 1 tags=["exercise"]
int size = 0;
// solución
size = (224 + 2 * 3 - 7) / 2 + 1;
// fin
Console.WriteLine(size);

// %% tags=["check"]
Check("⌊(n + 2p − k)/s⌋ + 1", size,
    new Conv2d(1, 1, kernel: 7, stride: 2, padding: 3).Forward(Tensor.Zeros([1, 224, 224, 1])).Shape[1]);

// %% [markdown]
// **Ejercicio 2.** ¿Cuántos parámetros tiene una convolución 3×3 de 16 a 32 canales, con sesgo? ¿Y una capa lineal de
// 28·28·16 a 28·28·32?

// %% Ejercicio 2 tags=["exercise"]
long convolution = 0, linear = 0;
// solución
convolution = 3 * 3 * 16 * 32 + 32;
linear = 28L * 28 * 16 * 28 * 28 * 32 + 28 * 28 * 32;
// fin
Console.WriteLine($"{convolution:N0}, {linear:N0}");

// %% tags=["check"]
Check("conv", convolution, new Conv2d(16, 32, kernel: 3).Parameters.Sum(p => p.Shape.Size));
Check("linear", linear, 12544.0 * 25088 + 25088);
