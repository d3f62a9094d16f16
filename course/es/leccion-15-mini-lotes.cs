// %% [markdown]
// # Lotes y mini-lotes
//
// - **Batch**: cada paso mira todas las muestras. Camino suave, pasos caros. Aconsejable por debajo de unas 2 000
//   muestras.
// - **Estocástico**: una muestra por paso. Barato y ruidoso; no para del todo.
// - **Mini-lotes** de 64, 128, 256… 1024: lo bueno de los dos, y lo que mejor aprovecha la máquina.

// %% [markdown]
// ## Los tres caminos
//
// Una recta por 60 puntos; se dibuja el camino de los dos pesos desde (0, 0).

// %%
double[] xs = [.. Enumerable.Range(0, 60).Select(i => -1 + i / 30.0)];
double[] ys = [.. xs.Select((x, i) => 2 * x + 1 + 0.4 * Math.Sin(i * 7.3))];
(double[] W, double[] B) Path(int size, int epochs, double rate)
{
    double w = 0, b = 0;
    List<double> alongW = [0], alongB = [0];
    for (int i = 0; i < epochs * 60 / size; i++)
    {
        int[] rows = [.. Enumerable.Range(i * size, size).Select(k => k * 37 % 60)];
        double error(int row) => w * xs[row] + b - ys[row];
        double dw = rows.Average(row => error(row) * xs[row]), db = rows.Average(error);
        (w, b) = (w - rate * dw, b - rate * db);
        alongW.Add(w);
        alongB.Add(b);
    }
    return ([.. alongW], [.. alongB]);
}
var batch = Path(60, epochs: 30, rate: 0.5);
var mini = Path(10, epochs: 5, rate: 0.5);
var single = Path(1, epochs: 1, rate: 0.5);
Display(new LineChart("el camino de los pesos",
    [new("batch", batch.W, batch.B), new("mini-batch 10", mini.W, mini.B), new("SGD", single.W, single.B)])
{
    Across = "w",
    AcrossScale = AxisScale.Linear,
    Up = "b",
});
var best = SimpleLinearRegression.ClosedForm(xs, ys);
Check("batch", [batch.W[^1], batch.B[^1]], [best.Slope, best.Intercept], 0.02);
Check("mini-batch", [mini.W[^1], mini.B[^1]], [best.Slope, best.Intercept], 0.15);

// %% [markdown]
// **Ejercicio 1.** ¿Cuántos pasos hay en una época de MNIST (60 000 cifras) con lotes de 128? El último lote va
// incompleto.

// %% Ejercicio 1 tags=["exercise"]
int steps = 0;
// solución
steps = (60_000 + 127) / 128;
// fin
Console.WriteLine(steps);

// %% tags=["check"]
Check("⌈60000 / 128⌉", steps, 469);

// %% [markdown]
// **Ejercicio 2.** La rugosidad de un camino: la media de $|\Delta w|$ de sus últimos 20 pasos. ¿Es mayor la de SGD o
// la de los mini-lotes?

// %% Ejercicio 2 tags=["exercise"]
double rough = 0, calm = 0;
// solución
double Roughness(double[] w) => Enumerable.Range(w.Length - 20, 20).Average(i => Math.Abs(w[i] - w[i - 1]));
(rough, calm) = (Roughness(single.W), Roughness(mini.W));
// fin
Console.WriteLine($"SGD {rough:F4}, mini-batch {calm:F4}");

// %% tags=["check"]
Check("SGD es más ruidoso", rough > calm && calm > 0);
