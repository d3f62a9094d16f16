// %% [markdown]
// # Softmax y entropía cruzada
//
// Con varias clases que se excluyen, cada una recibe una puntuación, y **softmax** las convierte en probabilidades que
// suman 1: $a_k = e^{z_k} / \sum_j e^{z_j}$. *Hardmax* se queda solo con la mayor. La pérdida es $-\ln a_y$, el
// logaritmo de la probabilidad que se dio a la clase buena.

// %%
Check("softmax([3, −2, 6])", Tensor.Of([3.0, -2, 6]).Softmax().ToArray<double>(), [0.0474, 0.0003, 0.9523]);
int largest = (int)Tensor.Of([3.0, -2, 6]).ArgMax().Item;
Check("hardmax", [.. Enumerable.Range(0, 3).Select(k => k == largest ? 1.0 : 0)], [0, 0, 1]);

// %% [markdown]
// ## El iris
//
// Cuatro medidas de una flor, tres especies: $z = Wx + b$.

// %%
var model = new Linear(4, 3);
model.Weight.Set(Tensor.Of(new[,]
{
    { -0.4f, -0.1f, -2.1f, 1.6f }, { -1.8f, -0.8f, 0.5f, -1.2f }, { -1.1f, -0.9f, 0.6f, 2.3f },
}));
model.Bias!.Set(Tensor.Of([1.8f, 0.4f, 0.1f]));
Tensor scores = model.Forward(Tensor.Of(new[,] { { 4.6f, 3.6f, 1.0f, 0.2f } }));
double[] shares = scores.Softmax().ToArray<double>();
Check("z", scores.ToArray<double>(), [-2.18, -10.5, -7.14]);
Check("softmax", shares, [0.99280, 0.00024, 0.00696], 5e-5);
Check("−ln", [.. shares.Select(share => -Math.Log(share))], [0.00723, 8.32723, 4.96723]);
Check("L(setosa)", new CrossEntropy().Compute(scores, Tensor.Of([0])).Item, 0.00723);

// %% [markdown]
// ## Un lote
//
// La pérdida de un lote es la media de las de sus filas:

// %%
double[,] given =
{
    { .3792, .3104, .3104 }, { .3072, .4147, .2780 }, { .4263, .2248, .3490 }, { .2668, .2978, .4354 },
};
int[] classes = [0, 1, 2, 2];
double[] losses = [.. classes.Select((k, row) => -Math.Log(given[row, k]))];
Check("filas", losses, [0.96969, 0.88020, 1.05268, 0.83149]);
Check("media", losses.Average(), 0.9335);
Check("y = [0, 1, 0, 0], ŷ = [.3, .2, .1, .4]", -Math.Log(0.2), 1.6094);

// %% [markdown]
// ## Las derivadas
//
// $\partial a_1 / \partial z_1 = a_1 (1 - a_1)$ y $\partial a_2 / \partial z_1 = -a_2 a_1$. Con la entropía cruzada
// queda algo muy simple: $\partial L / \partial Z = A - Y$.

// %%
double[] z = [0.3, -1.2, 2], a = Tensor.Of(z).Softmax().ToArray<double>();
double[] SoftmaxSlope(int k)
{
    double[] chosen = [.. Enumerable.Range(0, 3).Select(i => i == k ? 1.0 : 0)];
    return Gradient.Of(v => (v["z"].Softmax() * Tensor.Of(chosen)).Sum(), ("z", Tensor.Of(z))).Of("z")
        .ToArray<double>();
}
Check("∂a₁/∂z", SoftmaxSlope(0), [a[0] * (1 - a[0]), -a[0] * a[1], -a[0] * a[2]], 1e-9);
double[] slope = Gradient.Of(v => new CrossEntropy().Compute(v["z"], Tensor.Of([1])),
    ("z", Tensor.Of(z, [1, 3]))).Of("z").ToArray<double>();
Check("∂L/∂z = a − y", slope, [a[0], a[1] - 1, a[2]], 1e-9);

// %% [markdown]
// ## La figura
//
// Qué probabilidad recibe la primera clase cuando su puntuación crece y las otras dos son 0.

// %%
double[] across = [.. Enumerable.Range(0, 81).Select(i => -6 + 0.15 * i)];
double[][] curves = [.. across.Select(s => Tensor.Of([s, 0.0, 0.0]).Softmax().ToArray<double>())];
new LineChart("softmax([z₁, 0, 0])",
    [new("a₁", across, [.. curves.Select(c => c[0])]), new("a₂ = a₃", across, [.. curves.Select(c => c[1])])])
{
    Across = "z₁",
    AcrossScale = AxisScale.Linear,
}

// %% [markdown]
// **Ejercicio 1.** Entrena la regresión softmax con el iris completo (`Recipe.For(data, "softmax")`) y mide los
// aciertos en la parte de prueba.

// %% Ejercicio 1 tags=["exercise"]
DataSplits data = Split.Usual.Of(Datasets.Iris());
double accuracy = 0;
// solución
Trainer trainer = Recipe.For(data, "softmax").Trainer(data);
trainer.Fit(data);
accuracy = trainer.Evaluate(data.Test!)["accuracy"];
// fin
Console.WriteLine($"{100 * accuracy:F1} %");

// %% tags=["check"]
Check("más del 90 %", accuracy > 0.9);

// %% [markdown]
// **Ejercicio 2.** Suma 100 a todas las puntuaciones de $z$. ¿Cambian las probabilidades? Guarda la mayor diferencia.

// %% Ejercicio 2 tags=["exercise"]
double change = 1;
// solución
change = Tensor.Of([.. z.Select(s => s + 100)]).Softmax().ToArray<double>().Zip(a, (p, q) => Math.Abs(p - q)).Max();
// fin
Console.WriteLine($"{change:G2}");

// %% tags=["check"]
Check("solo cuentan las diferencias", change, 0, 1e-9);
