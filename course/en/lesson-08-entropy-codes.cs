// %% [markdown]
// # Entropy and codes
//
// How much information does a message carry? As much as it surprises: $-\log_2 p$ bits. Sunshine in the desert says
// nothing; snow says a lot. **Entropy** $H(p) = -\sum p \log_2 p$ is the mean surprise, and also the bits per message
// of the best code there can be (Shannon 1948).
//
// **Cross-entropy** $H(q, p) = -\sum q \log_2 p$ is what one pays when the truth is $q$ and the code was made for $p$.
// It is never less than $H(q)$: that is why it serves as a loss.

// %% [markdown]
// ## The worked example: the weather
//
// Five kinds of weather with probabilities $p$; in another city $q$.

// %%
double[] p = [0.25, 0.45, 0.2, 0.09, 0.01], q = [0.3, 0.2, 0.2, 0.25, 0.05];
Check("−log₂ p", [.. p.Select(Information.Bits.Surprise)], [2, 1.152, 2.322, 3.474, 6.644]);
Check("H(p)", Information.Bits.Entropy(p), 1.8619);
Check("H(q, p)", Information.Bits.CrossEntropy(q, p), 2.4955);

// %% [markdown]
// ## The figure
//
// The entropy of a coin by how biased it is: the fair one is the least predictable, with one bit.

// %%
double[] heads = [.. Enumerable.Range(0, 101).Select(i => i / 100.0)];
new LineChart("entropy of a coin",
    [new("H", heads, [.. heads.Select(share => Information.Bits.Entropy([share, 1 - share]))])])
{
    Across = "probability of heads",
    AcrossScale = AxisScale.Linear,
    Up = "bits",
}

// %% [markdown]
// **Exercise 1.** How many extra bits does one pay in the other city for using the code made for $p$? (That is the
// Kullback–Leibler divergence, $H(q, p) - H(q)$.)

// %% Exercise 1 tags=["exercise"]
double extra = 0;
// solution
extra = Information.Bits.CrossEntropy(q, p) - Information.Bits.Entropy(q);
// end
Console.WriteLine($"{extra:F4} bits");

// %% tags=["check"]
Check("Σ q log₂(q/p)", extra, q.Zip(p, (b, a) => b * Math.Log2(b / a)).Sum());

// %% [markdown]
// **Exercise 2.** A model of text gives 64 letters the same probability. How many bits per letter? And nats?

// %% Exercise 2 tags=["exercise"]
double bits = 0, nats = 0;
// solution
double[] even = [.. Enumerable.Repeat(1 / 64.0, 64)];
(bits, nats) = (Information.Bits.Entropy(even), Information.Nats.Entropy(even));
// end
Console.WriteLine($"{bits} bits, {nats:F4} nats");

// %% tags=["check"]
Check("bits", bits, 6);
Check("nats", nats, 6 * Math.Log(2));
