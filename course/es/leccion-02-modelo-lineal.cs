// %% [markdown]
// # El modelo lineal
//
// El modelo más sencillo suma lo que sabe, cada dato con su peso: $\hat y = w_1 x_1 + \dots + w_n x_n + b$. Para
// muchas muestras a la vez es un producto de matrices, $\hat y = Xw + b$: por eso las redes viven de multiplicar
// matrices.

// %% [markdown]
// ## El ejemplo
//
// Cuatro muestras de dos números y los pesos [2, 1]:

// %%
Tensor x = Tensor.Of(new[,] { { 1f, 1 }, { 0, 1 }, { 2, 1 }, { 1, 1 } });
Tensor w = Tensor.Of(new[,] { { 2f }, { 1 } });
Tensor y = x.MatMul(w);
Console.WriteLine(y);
Check("Xw", y.ToArray<double>(), [3, 1, 5, 3]);

// %% [markdown]
// ## La recta que mejor pasa
//
// Tres casas: superficie (en cientos de m²) y precio. La mejor recta es la de menor error cuadrático medio,
// $\frac{1}{2m}\sum (\hat y - y)^2$. Hay una fórmula cerrada, y también se puede bajar por el gradiente: llegan al
// mismo sitio.

// %%
double[] size = [0.5, 0.8, 1.2], price = [1.5, 2.0, 2.8];
var closed = SimpleLinearRegression.ClosedForm(size, price);
var descended = SimpleLinearRegression.Descent(size, price, learningRate: 0.5, steps: 2000);
Console.WriteLine($"fórmula: {closed.Slope:F4} x + {closed.Intercept:F4}");
Console.WriteLine($"descenso: {descended.Slope:F4} x + {descended.Intercept:F4}");
Check("la misma pendiente", descended.Slope, closed.Slope);
Check("el mismo término independiente", descended.Intercept, closed.Intercept);

// %% [markdown]
// ## La figura

// %%
double[] across = [0.4, 1.3];
new LineChart("precio según la superficie",
    [new("recta", across, [.. across.Select(closed.Predict)]), new("casas", size, price)])
{
    Across = "100 m²",
    AcrossScale = AxisScale.Linear,
    Up = "precio",
}

// %% [markdown]
// **Ejercicio 1.** ¿Cuánto costaría, según la recta, una casa de 100 m²?

// %% Ejercicio 1 tags=["exercise"]
double hundred = 0;
// solución
hundred = closed.Predict(1);
// fin
Console.WriteLine($"{hundred:F3}");

// %% tags=["check"]
Check("precio de 100 m²", hundred, closed.Slope + closed.Intercept);

// %% [markdown]
// **Ejercicio 2.** Escribe tú el error $\frac{1}{2m}\sum (\hat y - y)^2$ de la recta $\hat y = 2x + 0.5$ y
// compáralo con el de la mejor.

// %% Ejercicio 2 tags=["exercise"]
double error = 0;
// solución
error = size.Zip(price, (s, p) => Math.Pow(2 * s + 0.5 - p, 2)).Sum() / (2 * size.Length);
// fin
Console.WriteLine($"{error:F5}, la mejor {closed.Loss(size, price):F5}");

// %% tags=["check"]
Check("error de la recta", error, new SimpleLinearRegression(2, 0.5).Loss(size, price));
Check("no hay otra mejor", closed.Loss(size, price) < error);
