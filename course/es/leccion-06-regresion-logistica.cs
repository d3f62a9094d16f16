// %% [markdown]
// # Regresión logística
//
// Para decir sí o no hace falta una probabilidad. La **sigmoide** $\sigma(z) = 1 / (1 + e^{-z})$ convierte cualquier
// número en uno entre 0 y 1; la neurona da entonces $p = \sigma(w \cdot x + b)$. Lo que es lineal es el logaritmo de
// las **ventajas** (*odds*): $\ln \frac{p}{1-p} = w \cdot x + b$.
//
// La pérdida es la entropía cruzada binaria, $-[y \ln p + (1-y)\ln(1-p)]$: lo sorprendente que fue la respuesta.

// %% [markdown]
// ## El ejemplo
//
// Con $p = 0.8$ las ventajas son de 4 a 1 y su logaritmo 1.3863. Y al revés:

// %%
Check("ventajas p / (1 − p)", Odds.Of(0.8), 4);
Check("ln p / (1 − p)", Odds.Log(0.8), 1.3863);
Check("σ(1.3863)", Tensor.Of([1.3863]).Sigmoid()[0], 0.8);

// %% [markdown]
// ## El gradiente
//
// El gradiente de la pérdida media es $\frac{1}{N} \sum (\hat y - y)\, x$: el error por la entrada. A mano y con la
// cinta sale lo mismo:

// %%
double[] hours = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], passed = [0, 0, 0, 1, 0, 1, 1, 1];
Tensor x = Tensor.Of(hours, [8, 1]), y = Tensor.Of(passed, [8, 1]);
NamedGradient g = Gradient.Of(v => new BinaryCrossEntropy().Compute(x * v["w"] + v["b"], y), ("w", 1), ("b", -2));
double[] p = [.. hours.Select(h => 1 / (1 + Math.Exp(-(h - 2))))];
Check("∂L/∂w", g["w"], Enumerable.Range(0, 8).Average(i => (p[i] - passed[i]) * hours[i]), 1e-9);
Check("∂L/∂b", g["b"], Enumerable.Range(0, 8).Average(i => p[i] - passed[i]), 1e-9);

// %% [markdown]
// ## Horas de estudio y aprobados

// %%
double w = 0, b = 0;
for (int i = 0; i < 2000; i++)
{
    NamedGradient slope = Gradient.Of(
        v => new BinaryCrossEntropy().Compute(x * v["w"] + v["b"], y), ("w", w), ("b", b));
    (w, b) = (w - 0.5 * slope["w"], b - 0.5 * slope["b"]);
}
Console.WriteLine($"ln p/(1−p) = {w:F3} horas + {b:F3}");
double[] across = [.. Enumerable.Range(0, 91).Select(i => i * 0.05)];
new LineChart("probabilidad de aprobar",
[
    new("p", across, [.. across.Select(h => 1 / (1 + Math.Exp(-(w * h + b))))]),
    new("alumnos", hours, passed),
])
{
    Across = "horas",
    AcrossScale = AxisScale.Linear,
    Up = "p",
}

// %% [markdown]
// **Ejercicio 1.** ¿Cuántas horas hay que estudiar para aprobar con probabilidad 1/2?

// %% Ejercicio 1 tags=["exercise"]
double even = 0;
// solución
even = -b / w;
// fin
Console.WriteLine($"{even:F3}");

// %% tags=["check"]
Check("p = 1/2", 1 / (1 + Math.Exp(-(w * even + b))), 0.5);

// %% [markdown]
// **Ejercicio 2.** ¿Por cuánto se multiplican las ventajas con cada hora más?

// %% Ejercicio 2 tags=["exercise"]
double factor = 1;
// solución
factor = Math.Exp(w);
// fin
Console.WriteLine($"× {factor:F2}");

// %% tags=["check"]
double At(double h) => 1 / (1 + Math.Exp(-(w * h + b)));
Check("ventajas de 3 h entre ventajas de 2 h", factor, Odds.Of(At(3)) / Odds.Of(At(2)));
