// %% [markdown]
// # Descenso de gradiente estocástico
//
// Cada muestra corrige un poco los pesos, en contra del gradiente de su error: $w \leftarrow w - \eta \, \partial L /
// \partial w$. Con $L = \frac12 (\hat y - y)^2$ el gradiente es $-(y - \hat y)\,x$, de modo que el peso **sube**
// cuando el modelo se queda corto. (Algunas transparencias escriben el gradiente sin el signo menos; el signo
// importa.)

// %% [markdown]
// ## El ejemplo, paso a paso
//
// Tres casas, (50, 150), (80, 200) y (120, 280); se empieza en $w = b = 0$ con tasa de aprendizaje $\eta = 0.0001$.

// %%
(double X, double Y)[] houses = [(50, 150), (80, 200), (120, 280)];
(double W, double B)[] Descend(int steps, double rate)
{
    double w = 0, b = 0;
    var path = new List<(double, double)>();
    for (int i = 0; i < steps; i++)
    {
        var (x, y) = houses[i % 3];
        double error = w * x + b - y;
        (w, b) = (w - rate * error * x, b - rate * error);
        path.Add((w, b));
    }
    return [.. path];
}
(double W, double B)[] path = Descend(30, 0.0001);
Display(Table(path.Take(3).Select((at, i) => new { n = i + 1, w = Math.Round(at.W, 4), b = Math.Round(at.B, 4) })));
Check("tras la muestra 1", [path[0].W, path[0].B], [0.750, 0.015]);
Check("tras la muestra 2", [path[1].W, path[1].B], [1.8699, 0.0290]);
Check("tras la muestra 3", [path[2].W, path[2].B], [2.5369, 0.0346]);
Check("tras 10 épocas", [path[29].W, path[29].B], [2.2674, 0.0515]);

// %% [markdown]
// Lo mismo con Hondo: una capa lineal, una pérdida y un optimizador. El gradiente lo calcula la cinta.

// %%
var line = new Linear(1, 1);
line.To(DType.Float64);
line.Weight.Set(Tensor.Zeros([1, 1], DType.Float64));
line.Bias!.Set(Tensor.Zeros([1], DType.Float64));
var optimizer = new Sgd(line.Parameters, learningRate: 0.0001);
for (int i = 0; i < 30; i++)
{
    using var step = Tape.Begin();
    Tensor predicted = line.Forward(Tensor.Of([houses[i % 3].X], [1, 1]));
    new HalfMeanSquaredError().Compute(predicted, Tensor.Of([houses[i % 3].Y], [1, 1])).Backward();
    optimizer.Step();
}
Check("con la cinta, 10 épocas",
    [line.Weight.Value.Item, line.Bias!.Value.Item], [2.2674, 0.0515]);

// %% [markdown]
// ## La figura
//
// El peso va y viene alrededor de su valor: cada muestra tira hacia la recta que pasa por ella.

// %%
new LineChart("w muestra a muestra", [new("w", [.. path.Select(at => at.W)])])
{
    Across = "muestra",
}

// %% [markdown]
// **Ejercicio 1.** Repite el descenso con la tasa 0.0005. ¿Qué le pasa a $w$ después de 30 muestras? Guarda su valor
// absoluto.

// %% Ejercicio 1 tags=["exercise"]
double far = 0;
// solución
far = Math.Abs(Descend(30, 0.0005)[^1].W);
// fin
Console.WriteLine($"|w| = {far:G4}");

// %% tags=["check"]
Check("la tasa es demasiado alta: diverge", far > 10);

// %% [markdown]
// **Ejercicio 2.** El error cuadrático de la recta final, $\frac12\sum(\hat y - y)^2$ sobre las tres casas, ¿cuánto
// baja desde la primera muestra hasta el final de la época 10?

// %% Ejercicio 2 tags=["exercise"]
double fall = 0;
// solución
double Error((double W, double B) at) => houses.Sum(h => Math.Pow(at.W * h.X + at.B - h.Y, 2)) / 2;
fall = Error(path[0]) - Error(path[29]);
// fin
Console.WriteLine($"{fall:F3}");

// %% tags=["check"]
Check("el error baja", fall > 0 && Math.Abs(fall - (Loss(path[0]) - Loss(path[29]))) < 1e-6);
double Loss((double W, double B) at) =>
    houses.Select(h => at.W * h.X + at.B - h.Y).Sum(difference => difference * difference / 2);
