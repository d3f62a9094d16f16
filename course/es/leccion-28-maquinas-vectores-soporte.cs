// %% [markdown]
// # Máquinas de vectores de soporte
//
// La línea de base con que se compara una red. De todas las rectas que separan dos clases, la **máquina de vectores de
// soporte** (Cortes y Vapnik, 1995) elige la de margen más ancho: minimiza $\frac12 \lVert w \rVert^2 + C \sum_i
// \max(0, 1 - y_i f(x_i))$. Solo cuentan los puntos del borde, los *vectores de soporte*. Con un **núcleo** (*kernel*)
// que elige una persona, por ejemplo $e^{-\gamma \lVert x - x' \rVert^2}$, la frontera puede ser curva.

// %% [markdown]
// ## El ejemplo
//
// Cuatro puntos en una recta, −2 y −1 contra 1 y 2: el margen va de −1 a 1, y mide 2.

// %%
using Hondo.Classical;
var line = new FeatureMatrix([-2, -1, 1, 2], columns: 1);
var svm = new Svm(new LinearKernel(), c: 1000);
svm.Fit(line, [0, 0, 1, 1]);
Check("margen 2/‖w‖", svm.Machines[0].Margin, 2, 1e-2);
Check("vectores de soporte", [.. svm.SupportRows.Select(row => (double)row)], [1, 2]);

// %% [markdown]
// ## Un núcleo para lo que ninguna recta separa
//
// Un disco dentro de un anillo:

// %%
int[] ring = [.. Enumerable.Range(0, 80).Select(i => i % 2)];
double[] points = [.. Enumerable.Range(0, 80).SelectMany(i =>
{
    double radius = i % 2 == 0 ? 0.3 + 0.4 * (i % 7) / 7 : 1.3 + 0.3 * (i % 5) / 5, angle = i * 2.4;
    return (double[])[radius * Math.Cos(angle), radius * Math.Sin(angle)];
})];
var x = new FeatureMatrix(points, columns: 2);
double Accuracy(IClassifier model)
{
    model.Fit(x, ring);
    return model.Accuracy(x, ring);
}
double straight = Accuracy(new Svm(new LinearKernel())), curved = Accuracy(new Svm(new RbfKernel()));
Console.WriteLine($"lineal {straight:P0}, RBF {curved:P0}");
Check("la recta no puede", straight < 0.8);
Check("el núcleo RBF sí", curved > 0.98);
Display(new ScatterChart("disco y anillo",
    [.. Enumerable.Range(0, 80).Select(i => (points[2 * i], points[2 * i + 1], $"{ring[i]}"))]));

// %% [markdown]
// ## Frente a una red
//
// Iris: la misma división, una SVM, los vecinos más próximos y una red.

// %%
DataSplits iris = Split.TrainAndTest.Of(Datasets.Iris());
Normalization normalization = Normalization.Fit(iris.Train);
double Classic(IClassifier model)
{
    model.Fit(FeatureMatrix.Of(iris.Train, normalization), FeatureMatrix.Labels(iris.Train));
    return model.Accuracy(FeatureMatrix.Of(iris.Test!, normalization), FeatureMatrix.Labels(iris.Test!));
}
Trainer network = Recipe.For(iris).Trainer(iris);
network.Fit(new DataSplits(iris.Train));
(string Name, double Accuracy)[] results =
[
    ("SVM, RBF", Classic(new Svm(new RbfKernel()))), ("5-NN", Classic(new KNearestNeighbors(5))),
    ("red", network.Evaluate(iris.Test!)["accuracy"]),
];
Display(new BarChart("aciertos en la prueba", results));
Check("todos por encima del 90 %", results.All(result => result.Accuracy > 0.9));

// %% [markdown]
// **Ejercicio 1.** La pérdida bisagra $\max(0, 1 - y f)$ de $y = 1$, $f = 0.3$ y de $y = -1$, $f = 0.3$.

// %% Ejercicio 1 tags=["exercise"]
double right = 0, wrong = 0;
// solución
(right, wrong) = (Math.Max(0, 1 - 0.3), Math.Max(0, 1 + 0.3));
// fin
Console.WriteLine($"{right}, {wrong}");

// %% tags=["check"]
Check("max(0, 1 − yf)", [right, wrong], [0.7, 1.3]);

// %% [markdown]
// **Ejercicio 2.** Con $\gamma = 0.5$, ¿cuánto se parecen (núcleo RBF) los puntos (0, 0) y (1, 1)?

// %% Ejercicio 2 tags=["exercise"]
double alike = 0;
// solución
alike = Math.Exp(-0.5 * 2);
// fin
Console.WriteLine($"{alike:F4}");

// %% tags=["check"]
Check("e⁻¹", alike, 0.3679);
