// %% [markdown]
// # Preentrenamiento profundo
//
// Antes de ReLU y de las buenas inicializaciones, una red de muchas capas no se dejaba entrenar. Hinton y
// Salakhutdinov (2006) la entrenaron capa a capa, sin etiquetas: cada capa es una **máquina de Boltzmann restringida**
// (RBM), que aprende a reconstruir lo que ve. Después se apilan, se *despliegan* en un autocodificador (codificar y
// descodificar) y se afina todo con retropropagación.
//
// Una RBM tiene unidades visibles $v$ y ocultas $h$ y una energía $E = -b^\top v - c^\top h - v^\top W h$. Se aprende
// por **divergencia contrastiva** (CD-k): $\Delta W = \eta\,(\langle v h \rangle_{datos} - \langle v h \rangle_{k})$.

// %%
using Hondo.Classical;
Dataset digits = Datasets.Digits().Train.Part("some", [.. Enumerable.Range(0, 1000)]);
float[] rows = Pretraining.RowsOf(digits);
var machine = new RestrictedBoltzmannMachine(visible: 784, hidden: 64);
machine.Initialize(seed: 1);
double before = machine.ReconstructionError(rows);
IReadOnlyList<double> errors = new ContrastiveDivergence { Epochs = 8 }.Fit(machine, rows);
Display(new LineChart("CD-1", [new("error de reconstrucción", errors)]) { Across = "época" });
Console.WriteLine($"{before:F4} → {machine.ReconstructionError(rows):F4}");
Check("aprende a reconstruir", machine.ReconstructionError(rows) < before / 2);

// %% [markdown]
// ## Lo que ha aprendido
//
// Cada unidad oculta mira un trozo de la cifra. Sus pesos, como imágenes:

// %%
float[] weights = machine.Weights.ToArray();
float most = weights.Max(Math.Abs);
float[] pictures = new float[16 * 784];
for (int unit = 0; unit < 16; unit++)
    for (int pixel = 0; pixel < 784; pixel++)
        pictures[unit * 784 + pixel] = 0.5f + 0.5f * weights[pixel * 64 + unit] / most;
Display(Pictures(Tensor.Of(pictures, [16, 28, 28, 1]), columns: 8));

// %% [markdown]
// ## Apilar, desplegar, afinar
//
// Con un código de 12 números: PCA, la mejor proyección lineal, frente a dos RBM apiladas, desplegadas y afinadas. Se
// mide con cifras que ninguna ha visto.

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
Display(new BarChart("error de reconstrucción",
    [("apiladas", unrolled), ("PCA", linear), ("afinadas", tuned)]));
Console.WriteLine($"PCA {linear:F2}, apiladas {unrolled:F2}, afinadas {tuned:F2}");
Check("afinadas pierden menos que PCA", tuned < linear);

// %% [markdown]
// **Ejercicio 1.** ¿Cuántos pesos y sesgos tiene una RBM de 784 visibles y 64 ocultas?

// %% Ejercicio 1 tags=["exercise"]
int count = 0;
// solución
count = 784 * 64 + 784 + 64;
// fin
Console.WriteLine(count);

// %% tags=["check"]
Check("W, b, c", count, 51_024);

// %% [markdown]
// **Ejercicio 2.** La energía de $v = (1, 0)$, $h = (1)$ con $W = (2, -1)^\top$, $b = (0.5, 0)$ y $c = -1$.

// %% Ejercicio 2 tags=["exercise"]
double energy = 0;
// solución
energy = -0.5 * 1 - -1 * 1 - 1 * 2 * 1;
// fin
Console.WriteLine(energy);

// %% tags=["check"]
Check("E(v, h)", energy, -1.5);
