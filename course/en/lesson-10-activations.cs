// %% [markdown]
// # Activation functions
//
// What stands between two linear layers. Their shape matters, and their **derivative** even more, since the gradient
// passes through it:
//
// - **sigmoid**: between 0 and 1; its derivative never exceeds 0.25 and is almost nothing far from 0 (*saturation*).
//   Its output is not centred on 0.
// - **hyperbolic tangent**: between −1 and 1, centred; derivative up to 1.
// - **ReLU**, $\max(0, x)$: derivative 1 where it lives and 0 where it does not. Cheap, and the default in hidden
//   layers.
// - **leaky ReLU** (slope 0.01), **PReLU** (slope learned) and **ELU**: they let something through below 0 as well.

// %%
double[] xs = [.. Enumerable.Range(0, 161).Select(i => -4 + 0.05 * i)];
LineChart Drawn(string name, Func<Tensor, Tensor> f)
{
    NamedGradient[] points = [.. xs.Select(x => Gradient.Of(v => f(v["x"]), ("x", x)))];
    return new(name, [new("f", xs, [.. points.Select(g => g.Value)]), new("f′", xs, [.. points.Select(g => g["x"])])])
    {
        Across = "x",
        AcrossScale = AxisScale.Linear,
    };
}
Display(Drawn("sigmoid", x => x.Sigmoid()));
Display(Drawn("hyperbolic tangent", x => x.Tanh()));
Display(Drawn("ReLU", x => x.Relu()));
Display(Drawn("leaky ReLU", x => x.LeakyRelu()));
Display(Drawn("ELU", x => x.Elu()));

// %% [markdown]
// ## The peaks of the derivatives

// %%
double Slope(Func<Tensor, Tensor> f, double x) => Gradient.Of(v => f(v["x"]), ("x", x))["x"];
Check("σ'(0)", Slope(x => x.Sigmoid(), 0), 0.25);
Check("tanh'(0)", Slope(x => x.Tanh(), 0), 1);
Check("leaky'(−3)", Slope(x => x.LeakyRelu(), -3), 0.01);
Check("none is larger",
    xs.Max(x => Slope(t => t.Sigmoid(), x)) <= 0.25 && xs.Max(x => Slope(t => t.Tanh(), x)) <= 1);

// %% [markdown]
// **Exercise 1.** After five sigmoids in a row, how much of the gradient can be left at most?

// %% Exercise 1 tags=["exercise"]
double left = 1;
// solution
left = Math.Pow(0.25, 5);
// end
Console.WriteLine(left);

// %% tags=["check"]
Check("0.25⁵", left, 0.00098, 5e-5);

// %% [markdown]
// **Exercise 2.** Draw *swish*, $x\,\sigma(x)$, with `Drawn`, and find its derivative at 0.

// %% Exercise 2 tags=["exercise"]
double atZero = 0;
// solution
Display(Drawn("swish", x => x * x.Sigmoid()));
atZero = Slope(x => x * x.Sigmoid(), 0);
// end
Console.WriteLine(atZero);

// %% tags=["check"]
Check("swish'(0)", atZero, 0.5);
