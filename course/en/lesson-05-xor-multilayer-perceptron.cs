// %% [markdown]
// # XOR and the multilayer perceptron
//
// Minsky and Papert showed in 1969 that a single neuron cannot do XOR: no straight line separates {01, 10} from {00,
// 11}. Two layers can: $x_1 \oplus x_2 = \mathrm{OR}(\mathrm{AND}(x_1, \neg x_2), \mathrm{AND}(\neg x_1, x_2))$. What
// was missing was how to learn them; in 1986 Rumelhart, Hinton and Williams made it popular: backpropagation.

// %%
double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
var firstOnly = new McCullochPitts([1, -0.5], threshold: 1);
var secondOnly = new McCullochPitts([-0.5, 1], threshold: 1);
double[] composed =
    [.. corners.Select(x => (double)McCullochPitts.Or.Fire(firstOnly.Fire(x), secondOnly.Fire(x)))];
Check("XOR by hand", composed, [0, 1, 1, 0]);

// %% [markdown]
// ## Why non-linearities are needed
//
// Two linear layers are one: if $y_1 = 2x + 10$ and $y_2 = 3y_1 - 5$, then $y_2 = 6x + 25$. Stacking layers only helps
// when something between them is not a straight line.

// %%
Linear Line(float slope, float intercept)
{
    var line = new Linear(1, 1);
    line.Weight.Set(Tensor.Of([slope], [1, 1]));
    line.Bias!.Set(Tensor.Of([intercept]));
    return line;
}
var two = new Sequential(Line(2, 10), Line(3, -5));
double[] collapsed = two.Forward(Tensor.Of([0f, 1, -7.5f], [3, 1])).ToArray<double>();
Check("y₂ = 6x + 25", collapsed, [25, 31, -20]);

// %% [markdown]
// ## Learning XOR
//
// Eight hidden neurons with a hyperbolic tangent are enough, wherever one starts.

// %%
Tensor points = Tensor.Of([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]), targets = Tensor.Of([0f, 1, 1, 0], [4, 1]);
(double[] Answers, double[] Losses) Learn(Layer model, ulong seed, int steps = 500)
{
    model.Initialize(seed);
    var optimizer = new Adam(model.Parameters, learningRate: 0.05);
    var losses = new double[steps];
    for (int i = 0; i < steps; i++)
    {
        using var step = Tape.Begin();
        Tensor loss = new BinaryCrossEntropy().Compute(model.Forward(points), targets);
        loss.Backward();
        optimizer.Step();
        losses[i] = loss.Item;
    }
    return (model.Forward(points).Sigmoid().ToArray<double>(), losses);
}
List<Series> curves = [];
for (ulong seed = 1; seed <= 4; seed++)
{
    (double[] answers, double[] losses) =
        Learn(new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1)), seed);
    curves.Add(new($"seed {seed}", losses));
    Check($"XOR, seed {seed}", [.. answers.Select(p => Math.Round(p))], [0, 1, 1, 0]);
}
new LineChart("the loss while it learns", curves) { Across = "step", Up = "L" }

// %% [markdown]
// **Exercise 1.** Take the hyperbolic tangent out: `new Sequential(new Linear(2, 8), new Linear(8, 1))`. At what loss
// does it stay?

// %% Exercise 1 tags=["exercise"]
double stuck = 0;
// solution
stuck = Learn(new Sequential(new Linear(2, 8), new Linear(8, 1)), seed: 1).Losses[^1];
// end
Console.WriteLine($"{stuck:F4}");

// %% tags=["check"]
Check("without it the model only guesses: ln 2", stuck, Math.Log(2), 5e-3);

// %% [markdown]
// **Exercise 2.** How many hidden neurons are needed at least? Try 1, 2, 3… and keep the smallest number with which
// seed 1 learns XOR in 2,000 steps.

// %% Exercise 2 tags=["exercise"]
int fewest = 8;
// solution
bool Learns(int hidden) =>
    Learn(new Sequential(new Linear(2, hidden), new Tanh(), new Linear(hidden, 1)), 1, 2000).Losses[^1] < 0.05;
fewest = Enumerable.Range(1, 8).First(Learns);
// end
Console.WriteLine(fewest);

// %% tags=["check"]
Check("one is not enough; a few are", fewest is > 1 and < 6);
