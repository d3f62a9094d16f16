// %% [markdown]
// # The learning rate and its decay
//
// Too low: it does not arrive. Too high: it diverges. And the right one at the beginning is too high at the end, when
// all that is left is to settle: so it is lowered. The classic rule is $\alpha = c_1 / (\text{iteration} + c_2)$.

// %%
double[] Descend(double rate, ISchedule? schedule = null, int steps = 40)
{
    double w = 4;
    List<double> losses = [w * w];
    for (int i = 0; i < steps; i++)
    {
        double noise = 0.5 * Math.Sin(i * 9.1);
        w -= (schedule?.Rate(rate, Progress.At(i)) ?? rate) * (2 * w + noise);
        losses.Add(w * w);
    }
    return [.. losses];
}
Display(new LineChart("w²",
    [new("0.001", Descend(0.001)), new("0.1", Descend(0.1)), new("0.95", Descend(0.95)), new("1.05", Descend(1.05))])
{
    Across = "step",
    UpScale = AxisScale.Log,
});
Check("too low: still far away", Descend(0.001)[^1] > 10);
Check("too high: it diverges", Descend(1.05)[^1] > 100);

// %% [markdown]
// ## Ways to lower it

// %%
double[] epochs = [.. Enumerable.Range(0, 31).Select(e => (double)e)];
Series Drawn(string name, ISchedule schedule) =>
    new(name, epochs, [.. epochs.Select(e => schedule.Rate(0.1, new Progress(e, (long)e)))]);
Display(new LineChart("α",
[
    Drawn("c₁/(i + c₂)", new InverseDecay(0.5, 5)), Drawn("steps", new StepDecay(10, 0.5)),
    Drawn("exponential", new ExponentialDecay(0.9)), Drawn("cosine", new CosineDecay(30)),
    Drawn("warm-up", new WarmUp(5, new CosineDecay(30))),
]));
Check("c₁/(i + c₂), i = 0, 5, 20", [.. new[] { 0, 5, 20 }.Select(i =>
    new InverseDecay(0.5, 5).Rate(0.1, Progress.At(i)))], [0.1, 0.05, 0.02]);

// %% [markdown]
// **Exercise 1.** Which $c_1$ lets the rate begin at 0.2 when $c_2 = 50$?

// %% Exercise 1 tags=["exercise"]
double c1 = 1;
// solution
c1 = 0.2 * 50;
// end
Console.WriteLine(c1);

// %% tags=["check"]
Check("α(0)", new InverseDecay(c1, 50).Rate(1, Progress.At(0)), 0.2);

// %% [markdown]
// **Exercise 2.** In how many epochs does `ExponentialDecay(0.9)` halve the rate?

// %% Exercise 2 tags=["exercise"]
int halved = 0;
// solution
halved = (int)Math.Ceiling(Math.Log(0.5) / Math.Log(0.9));
// end
Console.WriteLine(halved);

// %% tags=["check"]
var decay = new ExponentialDecay(0.9);
Check("one half", decay.Rate(1, Progress.At(halved)) <= 0.5 && decay.Rate(1, Progress.At(halved - 1)) > 0.5);
