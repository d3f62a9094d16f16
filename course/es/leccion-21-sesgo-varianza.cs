// %% [markdown]
// # Sesgo y varianza
//
// Tres errores bastan para saber qué hacer: el de una persona (o el mejor posible), el de *train* y el de *dev*.
//
// - **Sesgo**: lo que separa *train* de la persona. Alto: red mayor, más entrenamiento, otra arquitectura.
// - **Varianza**: lo que separa *dev* de *train*. Alta: más datos, aumento, regularización.

// %% [markdown]
// ## El ejemplo

// %%
(double Train, double Dev)[] cases = [(0.01, 0.11), (0.15, 0.16), (0.15, 0.30), (0.005, 0.01)];
BiasVariance[] verdicts = [.. cases.Select(one => new BiasVariance(0, one.Train, one.Dev))];
Display(Table(cases.Zip(verdicts, (one, verdict) => new
{
    train = $"{100 * one.Train:0.#} %",
    dev = $"{100 * one.Dev:0.#} %",
    sesgo = verdict.IsBiasHigh ? "alto" : "—",
    varianza = verdict.IsVarianceHigh ? "alta" : "—",
})));
Check("sesgo alto", [.. verdicts.Select(v => v.IsBiasHigh ? 1.0 : 0)], [0, 1, 1, 0]);
Check("varianza alta", [.. verdicts.Select(v => v.IsVarianceHigh ? 1.0 : 0)], [1, 0, 1, 0]);

// %% [markdown]
// ## Tres modelos
//
// Puntos de una parábola con ruido: un polinomio de grado 1 no llega, uno de grado 2 va bien y uno de grado 9 se
// aprende el ruido.

// %%
double Noise(int i) => 0.25 * Math.Sin(i * 12.9898 + i * i * 4.1);
double[] trainX = [.. Enumerable.Range(0, 12).Select(i => -1 + i * 2 / 11.0)];
double[] devX = [.. Enumerable.Range(0, 12).Select(i => -0.95 + i * 1.9 / 11)];
double[] trainY = [.. trainX.Select((x, i) => x * x + Noise(i))];
double[] devY = [.. devX.Select((x, i) => x * x + Noise(i + 50))];
double[] Polynomial(int degree)
{
    // ecuaciones normales, con eliminación de Gauss
    int n = degree + 1;
    double[,] a = new double[n, n + 1];
    for (int r = 0; r < n; r++)
    {
        for (int c = 0; c < n; c++)
            a[r, c] = trainX.Sum(x => Math.Pow(x, r + c)) + (r == c ? 1e-9 : 0);
        a[r, n] = trainX.Zip(trainY, (x, y) => Math.Pow(x, r) * y).Sum();
    }
    for (int p = 0; p < n; p++)
        for (int r = 0; r < n; r++)
            if (r != p)
            {
                double share = a[r, p] / a[p, p];
                for (int c = p; c <= n; c++)
                    a[r, c] -= share * a[p, c];
            }
    return [.. Enumerable.Range(0, n).Select(r => a[r, n] / a[r, r])];
}
double At(double[] w, double x) => w.Select((one, k) => one * Math.Pow(x, k)).Sum();
double Error(double[] w, double[] x, double[] y) =>
    x.Zip(y, (one, truth) => Math.Pow(At(w, one) - truth, 2)).Average();
double[] across = [.. Enumerable.Range(0, 101).Select(i => -1 + i / 50.0)];
int[] degrees = [1, 2, 9];
Display(new LineChart("tres modelos",
    [new("train", trainX, trainY), new("dev", devX, devY), .. degrees.Select(degree =>
        new Series($"grado {degree}", across, [.. across.Select(x => At(Polynomial(degree), x))]))])
{
    Across = "x",
    AcrossScale = AxisScale.Linear,
});
double[] trainErrors = [.. degrees.Select(d => Error(Polynomial(d), trainX, trainY))];
double[] devErrors = [.. degrees.Select(d => Error(Polynomial(d), devX, devY))];
Display(Table(degrees.Select((degree, i) =>
    new { degree, train = $"{trainErrors[i]:F4}", dev = $"{devErrors[i]:F4}" })));
Check("el mejor en dev es el de grado 2", devErrors.Min() == devErrors[1]);

// %% [markdown]
// **Ejercicio 1.** Una red comete en *train* un 8 % y en *dev* un 9 %; una persona, un 7.5 %. ¿Sesgo alto? ¿Varianza
// alta?

// %% Ejercicio 1 tags=["exercise"]
bool bias = true, variance = true;
// solución
(bias, variance) = (false, false);
// fin
Console.WriteLine($"{bias}, {variance}");

// %% tags=["check"]
var given = new BiasVariance(0.075, 0.08, 0.09);
Check("sesgo", bias == given.IsBiasHigh);
Check("varianza", variance == given.IsVarianceHigh);

// %% [markdown]
// **Ejercicio 2.** ¿Qué grado entre 0 y 9 da el menor error en *dev*?

// %% Ejercicio 2 tags=["exercise"]
int best = 0;
// solución
best = Enumerable.Range(0, 10).MinBy(d => Error(Polynomial(d), devX, devY));
// fin
Console.WriteLine(best);

// %% tags=["check"]
Check("ningún otro es mejor",
    Enumerable.Range(0, 10).All(d => Error(Polynomial(d), devX, devY) >= Error(Polynomial(best), devX, devY)));
