// %% [markdown]
// # Normalización de las entradas
//
// Si una variable va de 0 a 1 y otra de 0 a 10 000, la superficie de la pérdida es un valle muy alargado, y el
// descenso va en zigzag. Se arregla restando la media y dividiendo por la desviación típica, **las del conjunto de
// entrenamiento**, también en dev, en test y después:
//
// $$\hat x = \frac{x - \mu_{train}}{\sigma_{train}}$$
//
// Una variable constante tiene $\sigma = 0$: se queda en 0, no en NaN.

// %%
float[] raw = [.. Enumerable.Range(0, 200).SelectMany(i =>
    (float[])[i % 20 / 20f, 5000 + 1000 * MathF.Sin(i * 0.7f), 7])];
float[] targets = [.. Enumerable.Range(0, 200).Select(i => 3 * raw[3 * i] + raw[3 * i + 1] / 1000)];
var data = new Dataset("two scales", new FloatFeatures(raw, [3]), new RegressionTargets(targets, ["y"]));
DataSplits parts = Split.Usual.Of(new DataSplits(data));
Normalization normalization = Normalization.Fit(parts.Train);
Batch batch = new Batches(parts.Train, new() { Size = parts.Train.Count, Normalization = normalization }).Epoch(0)
    .First();
double[] means = batch.Inputs.Mean(axis: 0).ToArray<double>();
double[] squares = batch.Inputs.Square().Mean(axis: 0).ToArray<double>();
Check("medias", means, [0, 0, 0], 1e-4);
Check("varianzas (la constante queda en 0)", squares, [1, 1, 0], 1e-3);

// %% [markdown]
// ## Con y sin
//
// La misma red, la misma tasa, las mismas épocas:

// %%
History Fit(Normalization? normalization, double rate)
{
    var model = new Sequential(new Linear(3, 1));
    model.Initialize(seed: 1);
    var trainer = new Trainer(model, new MeanSquaredError(), new Sgd(model.Parameters, rate))
    {
        Epochs = 20,
        BatchSize = 16,
        Normalization = normalization,
    };
    return trainer.Fit(new DataSplits(parts.Train));
}
History with = Fit(normalization, 0.1), without = Fit(null, 1e-8);
Display(new LineChart("pérdida", [new("normalizado", with["loss"]),
    new("sin normalizar", without["loss"])]) { UpScale = AxisScale.Log });
Check("normalizado aprende", with["loss"][^1] < 0.01);
Check("sin normalizar apenas se mueve", without["loss"][^1] > 1);

// %% [markdown]
// **Ejercicio 1.** Normaliza a mano la primera variable de [2, 4, 4, 4, 5, 5, 7, 9] (media 5, desviación 2). ¿En qué
// se convierte el 9?

// %% Ejercicio 1 tags=["exercise"]
double nine = 9;
// solución
nine = (9 - 5) / 2.0;
// fin
Console.WriteLine(nine);

// %% tags=["check"]
double[] numbers = [2, 4, 4, 4, 5, 5, 7, 9];
double mean = numbers.Average(), sigma = Math.Sqrt(numbers.Average(x => (x - mean) * (x - mean)));
Check("(9 − μ) / σ", nine, (9 - mean) / sigma);

// %% [markdown]
// **Ejercicio 2.** Prueba la tasa 1e-7 sin normalizar, dentro de un `try`. ¿Qué pasa?

// %% Ejercicio 2 tags=["exercise"]
bool diverges = false;
// solución
try
{
    diverges = Fit(null, 1e-7)["loss"][^1] > without["loss"][0];
}
catch (Exception error)
{
    Console.WriteLine(error.Message);
    diverges = true;
}
// fin
Console.WriteLine(diverges);

// %% tags=["check"]
Check("diez veces más ya es demasiado", diverges);
