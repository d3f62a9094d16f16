// %% [markdown]
// # Logistic regression
//
// To say yes or no takes a probability. The **sigmoid** $\sigma(z) = 1 / (1 + e^{-z})$ turns any number into one
// between 0 and 1; the neuron then gives $p = \sigma(w \cdot x + b)$. What is linear is the logarithm of the **odds**:
// $\ln \frac{p}{1-p} = w \cdot x + b$.
//
// The loss is binary cross-entropy, $-[y \ln p + (1-y)\ln(1-p)]$: how surprising the answer was.

// %% [markdown]
// ## The worked example
//
// With $p = 0.8$ the odds are 4 to 1 and their logarithm is 1.3863. And the other way round:

// %%
Check("odds p / (1 − p)", Odds.Of(0.8), 4);
Check("ln p / (1 − p)", Odds.Log(0.8), 1.3863);
Check("σ(1.3863)", Tensor.Of([1.3863]).Sigmoid()[0], 0.8);

// %% [markdown]
// ## The gradient
//
// The gradient of the mean loss is $\frac{1}{N} \sum (\hat y - y)\, x$: the error times the input. By hand and with
// the tape it is the same:

// %%
double[] hours = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4], passed = [0, 0, 0, 1, 0, 1, 1, 1];
Tensor x = Tensor.Of(hours, [8, 1]), y = Tensor.Of(passed, [8, 1]);
NamedGradient g = Gradient.Of(v => new BinaryCrossEntropy().Compute(x * v["w"] + v["b"], y), ("w", 1), ("b", -2));
double[] p = [.. hours.Select(h => 1 / (1 + Math.Exp(-(h - 2))))];
Check("∂L/∂w", g["w"], Enumerable.Range(0, 8).Average(i => (p[i] - passed[i]) * hours[i]), 1e-9);
Check("∂L/∂b", g["b"], Enumerable.Range(0, 8).Average(i => p[i] - passed[i]), 1e-9);

// %% [markdown]
// ## Hours of study and passing

// %%
double w = 0, b = 0;
for (int i = 0; i < 2000; i++)
{
    NamedGradient slope = Gradient.Of(
        v => new BinaryCrossEntropy().Compute(x * v["w"] + v["b"], y), ("w", w), ("b", b));
    (w, b) = (w - 0.5 * slope["w"], b - 0.5 * slope["b"]);
}
Console.WriteLine($"ln p/(1−p) = {w:F3} hours + {b:F3}");
double[] across = [.. Enumerable.Range(0, 91).Select(i => i * 0.05)];
new LineChart("probability of passing",
[
    new("p", across, [.. across.Select(h => 1 / (1 + Math.Exp(-(w * h + b))))]),
    new("students", hours, passed),
])
{
    Across = "hours",
    AcrossScale = AxisScale.Linear,
    Up = "p",
}

// %% [markdown]
// **Exercise 1.** How many hours of study give a probability of passing of 1/2?

// %% Exercise 1 tags=["exercise"]
double even = 0;
// solution
even = -b / w;
// end
Console.WriteLine($"{even:F3}");

// %% tags=["check"]
Check("p = 1/2", 1 / (1 + Math.Exp(-(w * even + b))), 0.5);

// %% [markdown]
// **Exercise 2.** By what factor do the odds grow with each hour more?

// %% Exercise 2 tags=["exercise"]
double factor = 1;
// solution
factor = Math.Exp(w);
// end
Console.WriteLine($"× {factor:F2}");

// %% tags=["check"]
double At(double h) => 1 / (1 + Math.Exp(-(w * h + b)));
Check("odds at 3 h over odds at 2 h", factor, Odds.Of(At(3)) / Odds.Of(At(2)));
