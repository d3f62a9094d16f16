// %% [markdown]
// # Train, dev y test
//
// Se aprende de **train**, se elige mirando **dev** y se mide con **test**, una sola vez y al final. Si se elige
// mirando *test*, lo que se mide ya no vale.
//
// - Unas 10⁴ muestras: 60/20/20 (o 70/30 si no se elige nada).
// - Un millón: 98/1/1, porque 10 000 ya bastan para medir.
// - Dev y test han de parecerse: con fotos de estudio no se prueba un modelo de móvil.
// - Con pocas muestras, **validación cruzada**: $k$ partes, y cada una hace de prueba una vez.

// %%
DataSplits iris = Datasets.Iris();
DataSplits parts = Split.Usual.Of(iris, seed: 1);
Check("60/20/20 de 150", [parts.Train.Count, parts.Dev!.Count, parts.Test!.Count], [90, 30, 30]);
Check("cada parte tiene las mismas proporciones",
    [.. parts.Dev!.ClassCounts().Select(count => (double)count)], [10, 10, 10]);
var same = Split.Usual.Of(iris, seed: 1);
Check("la misma semilla, el mismo reparto",
    Enumerable.Range(0, 90).All(i => same.Train.Label(i) == parts.Train.Label(i)));

// %% [markdown]
// ## Cinco pliegues
//
// El iris entero: cinco veces se entrena con cuatro quintos y se prueba con el que falta.

// %%
double[] scores = [.. Split.Folds(iris.Train, 5).Select(fold =>
{
    Trainer trainer = Recipe.For(fold, "softmax").Trainer(fold);
    trainer.Fit(new DataSplits(fold.Train));
    return trainer.Evaluate((fold.Test ?? fold.Dev)!)["accuracy"];
})];
Display(new BarChart("aciertos de cada pliegue", [.. scores.Select((s, k) => ($"{k + 1}", s))]));
Console.WriteLine($"media {100 * scores.Average():F1} %");
Check("media ≥ 95 %", scores.Average() >= 0.95);

// %% [markdown]
// **Ejercicio 1.** ¿Cuántas muestras quedan en cada parte al repartir un millón con 98/1/1?

// %% Ejercicio 1 tags=["exercise"]
int[] counts = [];
// solución
counts = [980_000, 10_000, 10_000];
// fin
Console.WriteLine(string.Join(", ", counts));

// %% tags=["check"]
Check("98/1/1", [.. counts.Select(count => (double)count)], [980_000, 10_000, 10_000]);

// %% [markdown]
// **Ejercicio 2.** El error típico de una proporción $p$ medida con $n$ muestras es $\sqrt{p(1-p)/n}$. Con 99 % de
// aciertos en 10 000 muestras, ¿cuántos puntos son dos errores típicos?

// %% Ejercicio 2 tags=["exercise"]
double points = 0;
// solución
points = 100 * 2 * Math.Sqrt(0.99 * 0.01 / 10_000);
// fin
Console.WriteLine($"± {points:F2}");

// %% tags=["check"]
Check("2 √(p(1−p)/n)", points, 0.199);
