// %% [markdown]
// # Inicialización
//
// Si los pesos iniciales son pequeños, la señal se apaga de capa en capa; si son grandes, explota. Conviene que la
// varianza se conserve:
//
// - **Xavier/Glorot** (sigmoide, tanh): $\mathrm{Var}(w) = 2 / (n_{in} + n_{out})$.
// - **He** (ReLU): $w = \mathcal N(0,1) \cdot \sqrt{2 / n_{in}}$, porque ReLU tira la mitad.
//
// Y nunca todo a cero: todas las neuronas de una capa serían la misma para siempre.

// %%
const int Width = 256, Depth = 10;
Tensor noise = Tensor.Of([.. Enumerable.Range(0, 200 * Width).Select(i => (float)Math.Sin(i * 12.9898) * 1.4f)],
    [200, Width]);
double[] Deviations(IInitializer initializer, Func<Tensor, Tensor> activation)
{
    var deviations = new double[Depth];
    Tensor x = noise;
    for (int i = 0; i < Depth; i++)
    {
        var layer = new Linear(Width, Width, initializer: initializer);
        layer.Initialize(seed: (ulong)i + 1);
        x = activation(layer.Forward(x));
        deviations[i] = Math.Sqrt(x.Square().Mean().Item);
    }
    return deviations;
}
double[] small = Deviations(new Normal(0, 0.01), x => x.Relu()), he = Deviations(Initial.HeNormal, x => x.Relu());
double[] large = Deviations(new Normal(0, 0.3), x => x.Relu());
double[] xavier = Deviations(Initial.XavierNormal, x => x.Tanh());
Display(new LineChart("la señal a través de las capas",
[
    new("N(0, 0.01²), ReLU", small), new("N(0, 0.3²), ReLU", large), new("He, ReLU", he), new("Xavier, tanh", xavier),
])
{
    Across = "capa",
    Up = "raíz de la media de los cuadrados",
    UpScale = AxisScale.Log,
});
Check("pequeños: se apaga", small[^1] < 1e-6);
Check("grandes: explota", large[^1] > 1e3);
Check("He la conserva", he[^1] > 0.3 && he[^1] < 3);

// %% [markdown]
// ## Ceros
//
// Con todos los pesos a cero nada distingue a una neurona de otra, y ningún gradiente llega a los pesos: solo los
// sesgos de la salida aprenden algo.

// %%
DataSplits iris = Split.Usual.Of(Datasets.Iris());
var model = new Sequential(new Linear(4, 8, initializer: Initial.Zeros), new Tanh(),
    new Linear(8, 3, initializer: Initial.Zeros));
model.Initialize(seed: 1);
new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)) { Epochs = 5 }.Fit(new DataSplits(iris.Train));
Check("los pesos siguen a cero",
    ((Linear)model[0]).Weight.Value.ToArray<double>().All(w => w == 0));

// %% [markdown]
// **Ejercicio 1.** La desviación típica que da He a una capa con 784 entradas.

// %% Ejercicio 1 tags=["exercise"]
double deviation = 0;
// solución
deviation = Math.Sqrt(2.0 / 784);
// fin
Console.WriteLine($"{deviation:F5}");

// %% tags=["check"]
var measured = new Linear(784, 400, initializer: Initial.HeNormal);
measured.Initialize(seed: 1);
Check("√(2/784)", deviation, Math.Sqrt(measured.Weight.Value.Square().Mean().Item), 1e-3);

// %% [markdown]
// **Ejercicio 2.** ¿Qué queda de la señal después de diez capas ReLU con Xavier en vez de He?

// %% Ejercicio 2 tags=["exercise"]
double left = 1;
// solución
left = Deviations(Initial.XavierNormal, x => x.Relu())[^1];
// fin
Console.WriteLine($"{left:F4}");

// %% tags=["check"]
Check("unas 32 veces menos: (1/√2)¹⁰", left < he[^1] / 10 && left > he[^1] / 100);
