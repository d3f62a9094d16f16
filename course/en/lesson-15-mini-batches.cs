// %% [markdown]
// # Batches and mini-batches
//
// - **Batch**: each step looks at all samples. A smooth path of dear steps. Advisable below some 2,000 samples.
// - **Stochastic**: one sample a step. Cheap and noisy; it never quite rests.
// - **Mini-batches** of 64, 128, 256… 1024: the best of both, and what uses the machine best.

// %% [markdown]
// ## The three paths
//
// A line through 60 points; the path of the two weights from (0, 0) is drawn.

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
Display(new LineChart("the path of the weights",
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
// **Exercise 1.** How many steps does an epoch of MNIST (60,000 digits) have with batches of 128? The last batch is
// short.

// %% Exercise 1 tags=["exercise"]
int steps = 0;
// solution
steps = (60_000 + 127) / 128;
// end
Console.WriteLine(steps);

// %% tags=["check"]
Check("⌈60000 / 128⌉", steps, 469);

// %% [markdown]
// **Exercise 2.** The roughness of a path: the mean of $|\Delta w|$ over its last 20 steps. Is that of SGD larger, or
// that of mini-batches?

// %% Exercise 2 tags=["exercise"]
double rough = 0, calm = 0;
// solution
double Roughness(double[] w) => Enumerable.Range(w.Length - 20, 20).Average(i => Math.Abs(w[i] - w[i - 1]));
(rough, calm) = (Roughness(single.W), Roughness(mini.W));
// end
Console.WriteLine($"SGD {rough:F4}, mini-batch {calm:F4}");

// %% tags=["check"]
Check("SGD is noisier", rough > calm && calm > 0);
