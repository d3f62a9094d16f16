// %% [markdown]
// # Initialization
//
// When the first weights are small the signal dies from layer to layer; when they are large it explodes. The variance
// should be kept:
//
// - **Xavier/Glorot** (sigmoid, tanh): $\mathrm{Var}(w) = 2 / (n_{in} + n_{out})$.
// - **He** (ReLU): $w = \mathcal N(0,1) \cdot \sqrt{2 / n_{in}}$, since ReLU throws half away.
//
// And never all zeros: all neurons of a layer would be the same one for ever.

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
Display(new LineChart("the signal through the layers",
[
    new("N(0, 0.01²), ReLU", small), new("N(0, 0.3²), ReLU", large), new("He, ReLU", he), new("Xavier, tanh", xavier),
])
{
    Across = "layer",
    Up = "root mean square",
    UpScale = AxisScale.Log,
});
Check("small: it dies", small[^1] < 1e-6);
Check("large: it explodes", large[^1] > 1e3);
Check("He keeps it", he[^1] > 0.3 && he[^1] < 3);

// %% [markdown]
// ## Zeros
//
// With all weights zero nothing tells one neuron from another, and no gradient reaches the weights: only the biases of
// the output learn something.

// %%
DataSplits iris = Split.Usual.Of(Datasets.Iris());
var model = new Sequential(new Linear(4, 8, initializer: Initial.Zeros), new Tanh(),
    new Linear(8, 3, initializer: Initial.Zeros));
model.Initialize(seed: 1);
new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)) { Epochs = 5 }.Fit(new DataSplits(iris.Train));
Check("the weights are still zero",
    ((Linear)model[0]).Weight.Value.ToArray<double>().All(w => w == 0));

// %% [markdown]
// **Exercise 1.** The standard deviation that He gives a layer with 784 inputs.

// %% Exercise 1 tags=["exercise"]
double deviation = 0;
// solution
deviation = Math.Sqrt(2.0 / 784);
// end
Console.WriteLine($"{deviation:F5}");

// %% tags=["check"]
var measured = new Linear(784, 400, initializer: Initial.HeNormal);
measured.Initialize(seed: 1);
Check("√(2/784)", deviation, Math.Sqrt(measured.Weight.Value.Square().Mean().Item), 1e-3);

// %% [markdown]
// **Exercise 2.** What is left of the signal after ten ReLU layers with Xavier instead of He?

// %% Exercise 2 tags=["exercise"]
double left = 1;
// solution
left = Deviations(Initial.XavierNormal, x => x.Relu())[^1];
// end
Console.WriteLine($"{left:F4}");

// %% tags=["check"]
Check("about 32 times less: (1/√2)¹⁰", left < he[^1] / 10 && left > he[^1] / 100);
