// %% [markdown]
// # Medias móviles exponenciales
//
// $V_t = \beta V_{t-1} + (1 - \beta)\,\theta_t$: una memoria que olvida. Promedia más o menos los últimos
// $1/(1-\beta)$ valores: con $\beta = 0.9$, diez; con 0.98, cincuenta; con 0.5, dos. Cuanto mayor es $\beta$, más
// lisa, y más tarde llega.

// %%
Check("1 / (1 − β)", [1 / (1 - 0.9), 1 / (1 - 0.98), 1 / (1 - 0.5)], [10, 50, 2]);
double[] days = [.. Enumerable.Range(0, 365).Select(d => (double)d)];
double[] degrees = [.. days.Select(d => 15 - 10 * Math.Cos(d * 2 * Math.PI / 365) + 4 * Math.Sin(d * 11.7))];
double[] Average(double beta, bool corrected = true)
{
    double v = 0;
    return [.. degrees.Select((theta, t) =>
    {
        v = beta * v + (1 - beta) * theta;
        return corrected ? v / (1 - Math.Pow(beta, t + 1)) : v;
    })];
}
Display(new LineChart("temperatura de cada día",
[
    new("días", days, degrees), new("β = 0.5", days, Average(0.5)), new("β = 0.9", days, Average(0.9)),
    new("β = 0.98", days, Average(0.98)),
])
{
    Across = "día",
    Up = "°C",
});

// %% [markdown]
// ## La corrección del principio
//
// Empezando en 0, los primeros valores quedan bajos. Dividir por $1 - \beta^t$ lo arregla.

// %%
Check("primer día, sin corregir", Average(0.98, corrected: false)[0], 0.02 * degrees[0]);
Check("primer día, corregido", Average(0.98)[0], degrees[0]);

// %% [markdown]
// **Ejercicio 1.** ¿Qué peso tiene en la media de hoy, con $\beta = 0.9$, el valor de hace diez días? Compáralo con el
// de hoy: la razón es $\beta^{10}$, cerca de $1/e$.

// %% Ejercicio 1 tags=["exercise"]
double weight = 0;
// solución
weight = 0.1 * Math.Pow(0.9, 10);
// fin
Console.WriteLine($"{weight:F4}");

// %% tags=["check"]
Check("(1 − β) β¹⁰", weight, 0.0349);

// %% [markdown]
// **Ejercicio 2.** ¿Cuántos días tarda la media con $\beta = 0.98$ en recorrer la mitad de un salto de 0 a 1?

// %% Ejercicio 2 tags=["exercise"]
int half = 0;
// solución
for (double v = 0; v < 0.5; half++)
    v = 0.98 * v + 0.02;
// fin
Console.WriteLine(half);

// %% tags=["check"]
Check("⌈ln 0.5 / ln 0.98⌉", half, Math.Ceiling(Math.Log(0.5) / Math.Log(0.98)));
