#:project ../src/Hondo.Tuning/Hondo.Tuning.csproj
#:project ../src/Hondo.Datasets
#:property PublishAot=false
// Searches for a learning rate and a width: dotnet run examples/tune.cs
using Hondo.Tuning;

string file = Path.Combine(Path.GetTempPath(), $"hondo-{Environment.ProcessId}.db");
try
{
    DataSplits flowers = Split.Parse("60/20/20").Of(Datasets.Iris());
    // snippet: study
    using var storage = new SqliteStorage(file);
    var study = Study.OpenOrCreate(storage, "rates", new() { Trials = 12, Pruner = "asha" });
    await study.RunAsync((trial, cancellation) => Task.FromResult(Train(
        trial, trial.LogFloat("rate", 1e-4, 1e-1), trial.Int("width", 4, 32), cancellation)));
    Console.WriteLine($"{study.Best!.Values[0]:F3} with {string.Join(", ", study.Best.Parameters)}");
    // end

    double Train(Trial trial, double rate, int width, CancellationToken cancellation)
    {
        Recipe recipe = Recipe.For(flowers, $"mlp(hidden: [{width}], dropout: 0)", epochs: 9) with
        {
            Optimizer = FormattableString.Invariant($"Adam(learningRate: {rate})"),
        };
        History history = recipe.Trainer(flowers, new Telling(trial)).Fit(flowers, cancellation);
        trial.ThrowIfPruned();
        return history["dev loss"].Min();
    }
}
finally
{
    File.Delete(file);
}

/// <summary>Tells a trial each epoch's loss, and ends its training when it is not worth going on.</summary>
sealed class Telling(Trial trial) : Callback
{
    protected override void OnEpochEnd(TrainingRun run)
    {
        if (!trial.Report(run.Epoch, run.History[^1].Dev!.Loss))
            run.Stop("the others were better");
    }
}
