// %% [markdown]
// # Atención
//
// Para traducir una palabra hay que mirar otras, y no siempre las de al lado. La **atención** compara una *consulta*
// con las *claves* de todas las posiciones y mezcla sus *valores* según lo bien que encajan:
//
// $$A = \mathrm{softmax}\left(\frac{Q K^\top}{\sqrt d}\right), \qquad y = A V$$
//
// Se divide por $\sqrt d$ para que softmax no se sature. Un modelo que escribe no puede mirar al futuro: la máscara
// **causal** pone a −∞ lo que viene después.

// %% [markdown]
// ## El ejemplo, a mano
//
// Tres posiciones de dos números, con $Q = K = V = X$.

// %%
Tensor x = Tensor.Of(new[,] { { 1.0, 0 }, { 0, 1 }, { 1, 1 } });
Tensor weights = (x.MatMul(x.Transpose()) * (1 / Math.Sqrt(2))).Softmax();
double[] first = [.. weights.ToArray<double>().Take(3)];
double e = Math.Exp(1 / Math.Sqrt(2));
Check("A₁", first, [e / (2 * e + 1), 1 / (2 * e + 1), e / (2 * e + 1)]);
Check("cada fila suma 1", weights.Sum(axis: 1).ToArray<double>(), [1, 1, 1]);
Check("y₁", [.. weights.MatMul(x).ToArray<double>().Take(2)], [0.8022, 0.5989], 5e-3);

// %% [markdown]
// ## La figura
//
// Quién mira a quién (en tanto por mil):

// %%
Display(new MatrixChart("A", ["1", "2", "3"], (row, column) => (long)Math.Round(1000 * weights[row, column]))
{
    Down = "consulta",
    Across = "clave",
});

// %% [markdown]
// ## La capa
//
// Con varias cabezas y máscara causal: lo que sale en una posición no cambia si cambia el futuro.

// %%
var attention = new MultiHeadAttention(features: 8, heads: 2, causal: true);
attention.Initialize(seed: 1);
float[] sentence = [.. Enumerable.Range(0, 5 * 8).Select(i => MathF.Sin(i * 1.7f))];
float[] before = attention.Forward(Tensor.Of(sentence, [1, 5, 8])).ToArray<float>();
float[] other = [.. sentence];
other[4 * 8] = 9;
float[] changed = attention.Forward(Tensor.Of(other, [1, 5, 8])).ToArray<float>();
Check("el pasado no ve el futuro", before[..32].SequenceEqual(changed[..32]));
Check("la última posición sí cambia", !before[32..].SequenceEqual(changed[32..]));

// %% [markdown]
// **Ejercicio 1.** ¿Cuántos productos de posiciones compara la atención en un texto de 256 letras? ¿Y con máscara
// causal?

// %% Ejercicio 1 tags=["exercise"]
int all = 0, causal = 0;
// solución
(all, causal) = (256 * 256, 256 * 257 / 2);
// fin
Console.WriteLine($"{all}, {causal}");

// %% tags=["check"]
Check("n²", all, 65_536);
Check("n (n + 1) / 2", causal, 32_896);

// %% [markdown]
// **Ejercicio 2.** Sin dividir por $\sqrt d$ y con números diez veces mayores, ¿qué peso se lleva la clave que mejor
// encaja con la tercera fila?

// %% Ejercicio 2 tags=["exercise"]
double largest = 0;
// solución
Tensor large = x * 10;
largest = large.MatMul(large.Transpose()).Softmax().ToArray<double>()[6..].Max();
// fin
Console.WriteLine($"{largest:F6}");

// %% tags=["check"]
Check("softmax se satura", largest, 1, 1e-6);
