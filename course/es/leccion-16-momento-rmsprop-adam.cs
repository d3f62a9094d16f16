// %% [markdown]
// # Momento, RMSProp y Adam
//
// En un barranco el gradiente apunta casi siempre hacia la pared de enfrente, no hacia la salida. Tres ideas:
//
// - **Momento**: una media móvil de gradientes, $v = \beta v + (1 - \beta)\, dW$; lo que va y viene se anula, lo que
//   insiste se suma.
// - **RMSProp**: cada peso a su escala, $s = \beta s + (1 - \beta)\, dW^2$ y $W \leftarrow W - \alpha\, dW / (\sqrt s
//   + \epsilon)$.
// - **Adam**: las dos cosas, con $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\epsilon = 10^{-8}$, y con corrección de sesgo,
//   porque $v$ y $s$ empiezan en cero. (`AdamUncorrected` es la forma sin corregir de algunas transparencias.)

// %%
Tensor ravine = Tensor.Of([0.5f, 10f]);
(double[] X, double[] Y) Descend(Func<Parameter[], Optimizer> make, int steps = 60)
{
    var place = new Linear(1, 2, bias: false);
    place.Weight.Set(Tensor.Of([-4f, 1], [2, 1]));
    Optimizer optimizer = make([.. place.Parameters]);
    List<double> xs = [-4], ys = [1];
    for (int i = 0; i < steps; i++)
    {
        using (Tape.Begin())
        {
            Tensor at = place.Forward(Tensor.Of([1f], [1, 1]));
            (at.Square() * ravine).Sum().Backward();
            optimizer.Step();
        }
        xs.Add(place.Weight.Value[0, 0]);
        ys.Add(place.Weight.Value[1, 0]);
    }
    return ([.. xs], [.. ys]);
}
var sgd = Descend(p => new Sgd(p, 0.09));
var momentum = Descend(p => new MovingAverageMomentum(p, 0.3));
var rms = Descend(p => new RmsProp(p, 0.15, beta: 0.9));
var adam = Descend(p => new Adam(p, 0.3));
Display(new LineChart("por el barranco 0.5x² + 10y²",
[
    new("SGD", sgd.X, sgd.Y), new("momento", momentum.X, momentum.Y), new("RMSProp", rms.X, rms.Y),
    new("Adam", adam.X, adam.Y),
])
{
    Across = "x",
    AcrossScale = AxisScale.Linear,
    Up = "y",
});
double Height((double[] X, double[] Y) path) => 0.5 * path.X[^1] * path.X[^1] + 10 * path.Y[^1] * path.Y[^1];
Console.WriteLine($"SGD {Height(sgd):G3}, momento {Height(momentum):G3}, RMSProp {Height(rms):G3}, "
    + $"Adam {Height(adam):G3}");
Check("todos bajan desde 18",
    new[] { Height(sgd), Height(momentum), Height(rms), Height(adam) }.All(height => height < 1));

// %% [markdown]
// ## Un paso a mano
//
// El primer paso de Adam con corrección vale $\alpha$ para cualquier gradiente: $\hat v = dW$ y $\sqrt{\hat s} =
// |dW|$.

// %%
Check("Adam", [adam.X[1] - adam.X[0], adam.Y[1] - adam.Y[0]], [0.3, -0.3], 1e-5);
var uncorrected = Descend(p => new AdamUncorrected(p, 0.3), steps: 1);
Check("sin corrección: α · 0.1 / √0.001", uncorrected.X[1] - uncorrected.X[0],
    0.3 * 0.1 / Math.Sqrt(0.001), 1e-3);

// %% [markdown]
// **Ejercicio 1.** Con momento 0.9 desde $v = 0$ y gradientes 1, 1, 1: ¿cuánto vale $v$ después de los tres?

// %% Ejercicio 1 tags=["exercise"]
double v = 0;
// solución
for (int i = 0; i < 3; i++)
    v = 0.9 * v + 0.1 * 1;
// fin
Console.WriteLine(v);

// %% tags=["check"]
Check("1 − 0.9³", v, 0.271);

// %% [markdown]
// **Ejercicio 2.** ¿Con qué tasa empieza a divergir SGD en este barranco? La curvatura mayor es 20. Prueba 0.11.

// %% Ejercicio 2 tags=["exercise"]
double limit = 0;
// solución
limit = 2.0 / 20;
Console.WriteLine(Height(Descend(p => new Sgd(p, 0.11))));
// fin

// %% tags=["check"]
Check("2 / curvatura", limit, 0.1);
