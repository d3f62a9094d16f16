// %% [markdown]
// # Hiperparámetros: panda o caviar
//
// La tasa de aprendizaje, $\beta$, el número de capas, las neuronas, el tamaño del lote… no los aprende la red. Dos
// maneras de elegirlos:
//
// - **Panda**: pocos recursos; se cuida un solo modelo, cambiando una cosa cada vez.
// - **Caviar**: muchos; se entrenan varios a la vez y se queda el mejor.
//
// Al buscar, mejor al azar que en cuadrícula: si solo importa un parámetro, la cuadrícula de 5×5 prueba cinco valores
// de él, y el azar veinticinco. Y la tasa se busca en escala **logarítmica**.

// %%
using Hondo.Tuning;
DataSplits iris = Split.Usual.Of(Datasets.Iris());
double DevLoss(double rate, int hidden)
{
    var model = new Sequential(new Linear(4, hidden), new Tanh(), new Linear(hidden, 3));
    model.Initialize(seed: 1);
    var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, rate))
    {
        Epochs = 8,
        BatchSize = 16,
        Normalization = Normalization.Fit(iris.Train),
    };
    trainer.Fit(new DataSplits(iris.Train));
    return trainer.Evaluate(iris.Dev!).Loss;
}
string file = Path.Combine(Path.GetTempPath(), $"hondo-lesson-{Environment.ProcessId}.db");
var storage = new SqliteStorage(file);
var study = Study.OpenOrCreate(storage, "iris", new() { Trials = 24, Sampler = "random" });
await study.RunAsync((trial, _) => Task.FromResult(
    DevLoss(trial.LogFloat("rate", 1e-4, 1), trial.Int("hidden", 2, 32))));
Console.WriteLine($"{study.Best!.Values[0]:F4}");
Display(Table(study.Best.Parameters.Select(parameter => new { parameter.Name, parameter.Text })));

// %% [markdown]
// ## La figura
//
// Cada intento con su tasa. Lo que importa se ve: hay un valle.

// %%
var trials = study.Trials.Where(trial => trial.Values.Count > 0).ToList();
double Log10Rate(TrialRecord trial) =>
    Math.Log10(Convert.ToDouble(trial.Parameters.First(p => p.Name == "rate").Value));
Display(new ScatterChart("pérdida en dev",
    [.. trials.Select(trial => (Log10Rate(trial), trial.Values[0], $"{trial.Number}"))])
{
    Across = "log₁₀ tasa",
    Up = "pérdida",
});
Check("el mejor es mejor que la mediana",
    study.Best!.Values[0] < 0.7 * trials.Select(trial => trial.Values[0]).Order().ElementAt(trials.Count / 2));

// %%
storage.Dispose();
File.Delete(file);

// %% [markdown]
// **Ejercicio 1.** En escala logarítmica, ¿cuál es el punto medio entre $10^{-4}$ y 1?

// %% Ejercicio 1 tags=["exercise"]
double middle = 0.5;
// solución
middle = Math.Pow(10, -2);
// fin
Console.WriteLine(middle);

// %% tags=["check"]
Check("√(10⁻⁴ · 1)", middle, 0.01, 1e-6);

// %% [markdown]
// **Ejercicio 2.** Con 60 intentos al azar, ¿qué probabilidad hay de que alguno caiga en el mejor 5 % del espacio?

// %% Ejercicio 2 tags=["exercise"]
double chance = 0;
// solución
chance = 1 - Math.Pow(0.95, 60);
// fin
Console.WriteLine($"{100 * chance:F1} %");

// %% tags=["check"]
Check("1 − 0.95⁶⁰", chance, 0.9539);
