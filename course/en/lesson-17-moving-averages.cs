// %% [markdown]
// # Exponential moving averages
//
// $V_t = \beta V_{t-1} + (1 - \beta)\,\theta_t$: a memory that forgets. It averages roughly the last $1/(1-\beta)$
// values: with $\beta = 0.9$ ten, with 0.98 fifty, with 0.5 two. The larger $\beta$, the smoother, and the later it
// arrives.

// %%
Check("1 / (1 − β)", [1 / (1 - 0.9), 1 / (1 - 0.98), 1 / (1 - 0.5)], [10, 50, 2]);
double[] days = [.. Enumerable.Range(0, 365).Select(d => (double)d)];
double[] degrees = [.. days.Select(d => 15 - 10 * Math.Cos(d * 2 * Math.PI / 365) + 4 * Math.Sin(d * 11.7))];
double[] Average(double beta, bool corrected = true)
{
    double v = 0;
    return [.. degrees.Select((theta, t) =>
    {
        v = beta * v + (1 - beta) * theta;
        return corrected ? v / (1 - Math.Pow(beta, t + 1)) : v;
    })];
}
Display(new LineChart("each day's temperature",
[
    new("days", days, degrees), new("β = 0.5", days, Average(0.5)), new("β = 0.9", days, Average(0.9)),
    new("β = 0.98", days, Average(0.98)),
])
{
    Across = "day",
    Up = "°C",
});

// %% [markdown]
// ## Correcting the beginning
//
// Starting at 0 the first values come out low. Dividing by $1 - \beta^t$ mends it.

// %%
Check("first day, uncorrected", Average(0.98, corrected: false)[0], 0.02 * degrees[0]);
Check("first day, corrected", Average(0.98)[0], degrees[0]);

// %% [markdown]
// **Exercise 1.** What weight has the value of ten days ago in today's average, with $\beta = 0.9$? Compare it with
// today's: the ratio is $\beta^{10}$, near $1/e$.

// %% Exercise 1 tags=["exercise"]
double weight = 0;
// solution
weight = 0.1 * Math.Pow(0.9, 10);
// end
Console.WriteLine($"{weight:F4}");

// %% tags=["check"]
Check("(1 − β) β¹⁰", weight, 0.0349);

// %% [markdown]
// **Exercise 2.** How many days does the average with $\beta = 0.98$ take to cover half of a jump from 0 to 1?

// %% Exercise 2 tags=["exercise"]
int half = 0;
// solution
for (double v = 0; v < 0.5; half++)
    v = 0.98 * v + 0.02;
// end
Console.WriteLine(half);

// %% tags=["check"]
Check("⌈ln 0.5 / ln 0.98⌉", half, Math.Ceiling(Math.Log(0.5) / Math.Log(0.98)));
