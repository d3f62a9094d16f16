// %% [markdown]
// # Normalización por lotes
//
// Lo que la normalización hace con las entradas, dentro de la red: cada canal se centra y se escala con la media y la
// varianza **del lote** (la sesgada, dividiendo por $m$), y después la red elige su propia escala y desplazamiento:
//
// $$\hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}, \qquad y = \gamma \hat x + \beta$$
//
// Al usarla, en vez del lote se emplean medias móviles guardadas durante el entrenamiento.

// %%
var norm = new BatchNorm(1);
double[] x = [1, 2, 3, 6];
using (Tape.Begin())
{
    double[] y = norm.Forward(Tensor.Of([1f, 2, 3, 6], [4, 1])).ToArray<double>();
    // μ = 3, σ² = (4 + 1 + 0 + 9) / 4 = 3.5
    Check("x̂", y, [.. x.Select(one => (one - 3) / Math.Sqrt(3.5 + 1e-5))]);
}

// %% [markdown]
// ## Qué aporta
//
// Una red de seis capas ocultas, con y sin, a la misma tasa:

// %%
DataSplits digits = Datasets.Digits();
History Fit(bool normalized)
{
    var layers = new List<Layer> { new Flatten() };
    for (int i = 0, width = 784; i < 6; i++, width = 48)
    {
        layers.Add(new Linear(width, 48, initializer: new Normal(0, 0.05)));
        if (normalized)
            layers.Add(new BatchNorm(48));
        layers.Add(new Relu());
    }
    var model = new Sequential([.. layers, new Linear(48, 10)]);
    model.Initialize(seed: 1);
    var trainer = new Trainer(model, new CrossEntropy(), new Sgd(model.Parameters, 0.1)) { Epochs = 4, BatchSize = 50 };
    return trainer.Fit(new DataSplits(digits.Train));
}
History with = Fit(true), without = Fit(false);
Display(new LineChart("pérdida",
    [new("con batch norm", with["loss"]), new("sin", without["loss"])]));
Check("con ella aprende antes", with["loss"][^1] < 0.5 * without["loss"][^1]);

// %% [markdown]
// **Ejercicio 1.** La varianza sesgada de [2, 4, 6, 8].

// %% Ejercicio 1 tags=["exercise"]
double variance = 0;
// solución
variance = new[] { 2.0, 4, 6, 8 }.Average(one => (one - 5) * (one - 5));
// fin
Console.WriteLine(variance);

// %% tags=["check"]
Check("σ²", variance, 5);

// %% [markdown]
// **Ejercicio 2.** Fuera de un paso (`Tape.Begin()`), la capa usa las medias móviles, no el lote. Con una capa nueva,
// ¿qué da para la entrada 3?

// %% Ejercicio 2 tags=["exercise"]
double three = 0;
// solución
three = new BatchNorm(1).Forward(Tensor.Of([3f], [1, 1])).Item;
// fin
Console.WriteLine(three);

// %% tags=["check"]
Check("media 0 y varianza 1 al empezar", three, 3);
