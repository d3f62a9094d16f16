// %% [markdown]
// # Bias and variance
//
// Three errors are enough to know what to do: that of a person (or the best possible one), that of *train* and that of
// *dev*.
//
// - **Bias** is what separates *train* from the person. High: a larger network, longer training, another architecture.
// - **Variance** is what separates *dev* from *train*. High: more data, augmentation, regularization.

// %% [markdown]
// ## The worked example

// %%
(double Train, double Dev)[] cases = [(0.01, 0.11), (0.15, 0.16), (0.15, 0.30), (0.005, 0.01)];
BiasVariance[] verdicts = [.. cases.Select(one => new BiasVariance(0, one.Train, one.Dev))];
Display(Table(cases.Zip(verdicts, (one, verdict) => new
{
    train = $"{100 * one.Train:0.#} %",
    dev = $"{100 * one.Dev:0.#} %",
    bias = verdict.IsBiasHigh ? "high" : "—",
    variance = verdict.IsVarianceHigh ? "high" : "—",
})));
Check("bias high", [.. verdicts.Select(v => v.IsBiasHigh ? 1.0 : 0)], [0, 1, 1, 0]);
Check("variance high", [.. verdicts.Select(v => v.IsVarianceHigh ? 1.0 : 0)], [1, 0, 1, 0]);

// %% [markdown]
// ## Three models
//
// Points of a noisy parabola: a polynomial of degree 1 cannot follow, one of degree 2 is right and one of degree 9
// learns the noise.

// %%
double Noise(int i) => 0.25 * Math.Sin(i * 12.9898 + i * i * 4.1);
double[] trainX = [.. Enumerable.Range(0, 12).Select(i => -1 + i * 2 / 11.0)];
double[] devX = [.. Enumerable.Range(0, 12).Select(i => -0.95 + i * 1.9 / 11)];
double[] trainY = [.. trainX.Select((x, i) => x * x + Noise(i))];
double[] devY = [.. devX.Select((x, i) => x * x + Noise(i + 50))];
double[] Polynomial(int degree)
{
    // normal equations, by Gaussian elimination
    int n = degree + 1;
    double[,] a = new double[n, n + 1];
    for (int r = 0; r < n; r++)
    {
        for (int c = 0; c < n; c++)
            a[r, c] = trainX.Sum(x => Math.Pow(x, r + c)) + (r == c ? 1e-9 : 0);
        a[r, n] = trainX.Zip(trainY, (x, y) => Math.Pow(x, r) * y).Sum();
    }
    for (int p = 0; p < n; p++)
        for (int r = 0; r < n; r++)
            if (r != p)
            {
                double share = a[r, p] / a[p, p];
                for (int c = p; c <= n; c++)
                    a[r, c] -= share * a[p, c];
            }
    return [.. Enumerable.Range(0, n).Select(r => a[r, n] / a[r, r])];
}
double At(double[] w, double x) => w.Select((one, k) => one * Math.Pow(x, k)).Sum();
double Error(double[] w, double[] x, double[] y) =>
    x.Zip(y, (one, truth) => Math.Pow(At(w, one) - truth, 2)).Average();
double[] across = [.. Enumerable.Range(0, 101).Select(i => -1 + i / 50.0)];
int[] degrees = [1, 2, 9];
Display(new LineChart("three models",
    [new("train", trainX, trainY), new("dev", devX, devY), .. degrees.Select(degree =>
        new Series($"degree {degree}", across, [.. across.Select(x => At(Polynomial(degree), x))]))])
{
    Across = "x",
    AcrossScale = AxisScale.Linear,
});
double[] trainErrors = [.. degrees.Select(d => Error(Polynomial(d), trainX, trainY))];
double[] devErrors = [.. degrees.Select(d => Error(Polynomial(d), devX, devY))];
Display(Table(degrees.Select((degree, i) =>
    new { degree, train = $"{trainErrors[i]:F4}", dev = $"{devErrors[i]:F4}" })));
Check("degree 2 is the best on dev", devErrors.Min() == devErrors[1]);

// %% [markdown]
// **Exercise 1.** A network errs on 8 % of *train* and 9 % of *dev*; a person on 7.5 %. Is the bias high? The
// variance?

// %% Exercise 1 tags=["exercise"]
bool bias = true, variance = true;
// solution
(bias, variance) = (false, false);
// end
Console.WriteLine($"{bias}, {variance}");

// %% tags=["check"]
var given = new BiasVariance(0.075, 0.08, 0.09);
Check("bias", bias == given.IsBiasHigh);
Check("variance", variance == given.IsVarianceHigh);

// %% [markdown]
// **Exercise 2.** Which degree from 0 to 9 gives the least error on *dev*?

// %% Exercise 2 tags=["exercise"]
int best = 0;
// solution
best = Enumerable.Range(0, 10).MinBy(d => Error(Polynomial(d), devX, devY));
// end
Console.WriteLine(best);

// %% tags=["check"]
Check("no other is better",
    Enumerable.Range(0, 10).All(d => Error(Polynomial(d), devX, devY) >= Error(Polynomial(best), devX, devY)));
