// %% [markdown]
// # Momentum, RMSProp and Adam
//
// In a ravine the gradient nearly always points at the opposite wall, not at the way out. Three ideas:
//
// - **Momentum**: a moving average of gradients, $v = \beta v + (1 - \beta)\, dW$; what goes to and fro cancels, what
//   persists adds up.
// - **RMSProp**: each weight by its own scale, $s = \beta s + (1 - \beta)\, dW^2$ and $W \leftarrow W - \alpha\, dW /
//   (\sqrt s + \epsilon)$.
// - **Adam**: both, with $\beta_1 = 0.9$, $\beta_2 = 0.999$, $\epsilon = 10^{-8}$, and bias correction, since $v$ and
//   $s$ start at zero. (`AdamUncorrected` is the uncorrected form of some slides.)

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
Display(new LineChart("down the ravine 0.5x² + 10y²",
[
    new("SGD", sgd.X, sgd.Y), new("momentum", momentum.X, momentum.Y), new("RMSProp", rms.X, rms.Y),
    new("Adam", adam.X, adam.Y),
])
{
    Across = "x",
    AcrossScale = AxisScale.Linear,
    Up = "y",
});
double Height((double[] X, double[] Y) path) => 0.5 * path.X[^1] * path.X[^1] + 10 * path.Y[^1] * path.Y[^1];
Console.WriteLine($"SGD {Height(sgd):G3}, momentum {Height(momentum):G3}, RMSProp {Height(rms):G3}, "
    + $"Adam {Height(adam):G3}");
Check("all descend from 18",
    new[] { Height(sgd), Height(momentum), Height(rms), Height(adam) }.All(height => height < 1));

// %% [markdown]
// ## One step by hand
//
// The first step of corrected Adam is $\alpha$ for any gradient: $\hat v = dW$ and $\sqrt{\hat s} = |dW|$.

// %%
Check("Adam", [adam.X[1] - adam.X[0], adam.Y[1] - adam.Y[0]], [0.3, -0.3], 1e-5);
var uncorrected = Descend(p => new AdamUncorrected(p, 0.3), steps: 1);
Check("uncorrected: α · 0.1 / √0.001", uncorrected.X[1] - uncorrected.X[0],
    0.3 * 0.1 / Math.Sqrt(0.001), 1e-3);

// %% [markdown]
// **Exercise 1.** With momentum 0.9 from $v = 0$ and gradients 1, 1, 1: what is $v$ after the three?

// %% Exercise 1 tags=["exercise"]
double v = 0;
// solution
for (int i = 0; i < 3; i++)
    v = 0.9 * v + 0.1 * 1;
// end
Console.WriteLine(v);

// %% tags=["check"]
Check("1 − 0.9³", v, 0.271);

// %% [markdown]
// **Exercise 2.** At what rate does SGD begin to diverge in this ravine? The largest curvature is 20. Try 0.11.

// %% Exercise 2 tags=["exercise"]
double limit = 0;
// solution
limit = 2.0 / 20;
Console.WriteLine(Height(Descend(p => new Sgd(p, 0.11))));
// end

// %% tags=["check"]
Check("2 / curvature", limit, 0.1);
