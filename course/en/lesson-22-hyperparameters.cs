// %% [markdown]
// # Hyperparameters: panda or caviar
//
// The learning rate, $\beta$, the number of layers, the units, the batch size… are not learned by the network. Two
// ways to choose them:
//
// - **Panda**: few resources; one model is nursed, one thing changed at a time.
// - **Caviar**: many; several are trained at once and the best is kept.
//
// Searching at random beats a grid: when only one parameter matters, a grid of 5×5 tries five values of it, and chance
// tries twenty-five. And the rate is searched on a **logarithmic** scale.

// %%
using Hondo.Tuning;
DataSplits iris = Split.Usual.Of(Datasets.Iris());
double DevLoss(double rate, int hidden)
{
    var model = new Sequential(new Linear(4, hidden), new Tanh(), new Linear(hidden, 3));
    model.Initialize(seed: 1);
    var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, rate))
    {
        Epochs = 8,
        BatchSize = 16,
        Normalization = Normalization.Fit(iris.Train),
    };
    trainer.Fit(new DataSplits(iris.Train));
    return trainer.Evaluate(iris.Dev!).Loss;
}
string file = Path.Combine(Path.GetTempPath(), $"hondo-lesson-{Environment.ProcessId}.db");
var storage = new SqliteStorage(file);
var study = Study.OpenOrCreate(storage, "iris", new() { Trials = 24, Sampler = "random" });
await study.RunAsync((trial, _) => Task.FromResult(
    DevLoss(trial.LogFloat("rate", 1e-4, 1), trial.Int("hidden", 2, 32))));
Console.WriteLine($"{study.Best!.Values[0]:F4}");
Display(Table(study.Best.Parameters.Select(parameter => new { parameter.Name, parameter.Text })));

// %% [markdown]
// ## The figure
//
// Each trial with its rate. What matters is plain to see: there is a valley.

// %%
var trials = study.Trials.Where(trial => trial.Values.Count > 0).ToList();
double Log10Rate(TrialRecord trial) =>
    Math.Log10(Convert.ToDouble(trial.Parameters.First(p => p.Name == "rate").Value));
Display(new ScatterChart("dev loss",
    [.. trials.Select(trial => (Log10Rate(trial), trial.Values[0], $"{trial.Number}"))])
{
    Across = "log₁₀ rate",
    Up = "loss",
});
Check("the best beats the median",
    study.Best!.Values[0] < 0.7 * trials.Select(trial => trial.Values[0]).Order().ElementAt(trials.Count / 2));

// %%
storage.Dispose();
File.Delete(file);

// %% [markdown]
// **Exercise 1.** On a logarithmic scale, what lies halfway between $10^{-4}$ and 1?

// %% Exercise 1 tags=["exercise"]
double middle = 0.5;
// solution
middle = Math.Pow(10, -2);
// end
Console.WriteLine(middle);

// %% tags=["check"]
Check("√(10⁻⁴ · 1)", middle, 0.01, 1e-6);

// %% [markdown]
// **Exercise 2.** With 60 random trials, how likely is it that at least one lies in the best 5 % of the space?

// %% Exercise 2 tags=["exercise"]
double chance = 0;
// solution
chance = 1 - Math.Pow(0.95, 60);
// end
Console.WriteLine($"{100 * chance:F1} %");

// %% tags=["check"]
Check("1 − 0.95⁶⁰", chance, 0.9539);
