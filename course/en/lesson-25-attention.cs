// %% [markdown]
// # Attention
//
// To translate a word one has to look at others, and not always at its neighbours. **Attention** compares a *query*
// with the *keys* of all places and mixes their *values* by how well they match:
//
// $$A = \mathrm{softmax}\left(\frac{Q K^\top}{\sqrt d}\right), \qquad y = A V$$
//
// Dividing by $\sqrt d$ keeps softmax from saturating. A model that writes must not look into the future: the
// **causal** mask sets what comes later to −∞.

// %% [markdown]
// ## The worked example, by hand
//
// Three places of two numbers, with $Q = K = V = X$.

// %%
Tensor x = Tensor.Of(new[,] { { 1.0, 0 }, { 0, 1 }, { 1, 1 } });
Tensor weights = (x.MatMul(x.Transpose()) * (1 / Math.Sqrt(2))).Softmax();
double[] first = [.. weights.ToArray<double>().Take(3)];
double e = Math.Exp(1 / Math.Sqrt(2));
Check("A₁", first, [e / (2 * e + 1), 1 / (2 * e + 1), e / (2 * e + 1)]);
Check("each row sums to 1", weights.Sum(axis: 1).ToArray<double>(), [1, 1, 1]);
Check("y₁", [.. weights.MatMul(x).ToArray<double>().Take(2)], [0.8022, 0.5989], 5e-3);

// %% [markdown]
// ## The figure
//
// Who looks at whom (in thousandths):

// %%
Display(new MatrixChart("A", ["1", "2", "3"], (row, column) => (long)Math.Round(1000 * weights[row, column]))
{
    Down = "query",
    Across = "key",
});

// %% [markdown]
// ## The layer
//
// With several heads and a causal mask: what comes out at a place does not change when the future does.

// %%
var attention = new MultiHeadAttention(features: 8, heads: 2, causal: true);
attention.Initialize(seed: 1);
float[] sentence = [.. Enumerable.Range(0, 5 * 8).Select(i => MathF.Sin(i * 1.7f))];
float[] before = attention.Forward(Tensor.Of(sentence, [1, 5, 8])).ToArray<float>();
float[] other = [.. sentence];
other[4 * 8] = 9;
float[] changed = attention.Forward(Tensor.Of(other, [1, 5, 8])).ToArray<float>();
Check("the past does not see the future", before[..32].SequenceEqual(changed[..32]));
Check("the last place does change", !before[32..].SequenceEqual(changed[32..]));

// %% [markdown]
// **Exercise 1.** How many pairs of places does attention compare in a text of 256 letters? And with a causal mask?

// %% Exercise 1 tags=["exercise"]
int all = 0, causal = 0;
// solution
(all, causal) = (256 * 256, 256 * 257 / 2);
// end
Console.WriteLine($"{all}, {causal}");

// %% tags=["check"]
Check("n²", all, 65_536);
Check("n (n + 1) / 2", causal, 32_896);

// %% [markdown]
// **Exercise 2.** Without dividing by $\sqrt d$ and with numbers ten times as large, what weight goes to the key that
// matches the third row best?

// %% Exercise 2 tags=["exercise"]
double largest = 0;
// solution
Tensor large = x * 10;
largest = large.MatMul(large.Transpose()).Softmax().ToArray<double>()[6..].Max();
// end
Console.WriteLine($"{largest:F6}");

// %% tags=["check"]
Check("softmax saturates", largest, 1, 1e-6);
