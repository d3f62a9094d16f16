// %% [markdown]
// # La máquina de Turing neuronal
//
// Una red con una cinta: un controlador (una LSTM) lee y escribe en una memoria externa con **cabezales** que apuntan
// por contenido (¿qué fila se parece a esto?) y por posición (la siguiente). Todo es suave, así que hay gradiente
// hasta dentro de la memoria (Graves, Wayne y Danihelka, 2014).
//
// La tarea clásica es **copiar**: ver una secuencia de bits y, después de una señal, repetirla. Si aprende el
// algoritmo y no los ejemplos, también copia secuencias más largas que las vistas. Aprenderlo del todo lleva unos
// minutos (`./hondo train copy`); aquí se mira cómo empieza y cómo es por dentro.

// %%
var machine = new NeuralTuringMachine(inputs: 6, hidden: 32);
machine.Initialize(seed: 1);
double[] shape = [.. machine.Forward(Tensor.Zeros([2, 9, 6])).Shape.Select(n => (double)n)];
Console.WriteLine(string.Join(" × ", shape));
Check("un lote de 2 secuencias de 9 pasos", [shape[0], shape[1]], [2, 9]);

// %% [markdown]
// ## Los primeros pasos

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
Display(new LineChart("copiar: la pérdida al principio", [new("L", losses)])
{
    Across = "paso",
});
Check("empieza a bajar", losses.TakeLast(5).Average() < losses.Take(5).Average());

// %% [markdown]
// **Ejercicio 1.** Apuntar por contenido es un softmax de parecidos: con similitudes [1, 0, −1] y nitidez $\beta = 5$,
// ¿qué peso recibe la primera fila?

// %% Ejercicio 1 tags=["exercise"]
double weight = 0;
// solución
weight = Tensor.Of([5.0, 0, -5]).Softmax()[0];
// fin
Console.WriteLine($"{weight:F4}");

// %% tags=["check"]
Check("softmax(β · [1, 0, −1])₁", weight, 0.9933);

// %% [markdown]
// **Ejercicio 2.** Desplazar el cabezal es una convolución circular: si apunta a la fila 2 de 5 ([0, 0, 1, 0, 0]) y el
// desplazamiento es 0.9 «una adelante» y 0.1 «quieto», ¿qué pesos salen?

// %% Ejercicio 2 tags=["exercise"]
double[] pointer = [0, 0, 1, 0, 0], moved = new double[5];
// solución
for (int i = 0; i < 5; i++)
    moved[i] = 0.1 * pointer[i] + 0.9 * pointer[(i + 4) % 5];
// fin
Console.WriteLine(string.Join(", ", moved));

// %% tags=["check"]
Check("w̃", moved, [0, 0, 0.1, 0.9, 0]);
