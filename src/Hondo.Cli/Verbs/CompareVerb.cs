using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hondo.Classical;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Cli.Verbs;

/// <summary>
/// <c>hondo compare DATA</c>: classifiers without gradient and networks in the same folds, in one table: what a deep
/// net gains over its baselines.
/// </summary>
static class CompareVerb
{
    const string Usual = "svm; linear-svm; knn; softmax; mlp";

    public static Command Command(Terminal terminal)
    {
        var data = new Argument<string>("DATA") { Description = "a data set of classes, by name or path" };
        var models = new Option<string>("--models")
        {
            Description = $"classifiers (svm, linear-svm, knn) and networks, with semicolons between; \"{Usual}\"",
            HelpName = "TEXT;TEXT",
        };
        Option<int?> folds = NumberOption.From(2, "--folds", "parts that are left out in turn, from 2; 5");
        var seed = NumberOption.Seed("what folds and networks depend on; 1");
        Option<int?> epochs = NumberOption.From(1, "--epochs",
            "how often the networks go through the training part");
        var command = new Command("compare", "Compare classifiers and networks in the same folds, in one table.")
        {
            data, models, folds, seed, epochs,
        };
        command.SetAction(parsed =>
        {
            string[] texts = (parsed.GetValue(models) ?? Usual).Split(';', StringSplitOptions.TrimEntries
                | StringSplitOptions.RemoveEmptyEntries);
            if (texts.Length == 0)
                throw new UsageException($"--models names nothing to compare. Write \"{Usual}\".");
            if (texts.All(IsClassifier))
                Applicability.Refuse(parsed, "is for networks, but --models names none", epochs);
            Run(parsed.GetValue(data)!, texts, parsed.GetValue(folds) ?? 5, parsed.GetValue(seed) ?? 1,
                parsed.GetValue(epochs), terminal);
        });
        return command;
    }

    static bool IsClassifier(string text) => ClassifierCatalog.All.Knows(CallText.Parse(text));

    static void Run(string name, string[] models, int folds, ulong seed, int? epochs, Terminal terminal)
    {
        DataSource source = DataSource.OpenAsync(name, new() { Seed = seed }).GetAwaiter().GetResult();
        DataLines.Tell(source, terminal.Error);
        Dataset data = source.Parts.Train;
        if (!data.Targets.HasLabels)
            throw new UsageException($"hondo compare: {name} has no classes. Classifiers need data of classes.");
        if (folds < 2 || folds > data.Count)
            throw new UsageException($"hondo compare: --folds is 2 to {data.Count}, but got {folds}.");
        IReadOnlyList<DataSplits> parts = Split.Folds(data, folds, seed);
        List<string[]> rows = [["model", "accuracy", "deviation", "seconds", "last fold"]];
        foreach (string text in models)
        {
            var clock = Stopwatch.StartNew();
            (double Accuracy, string What)[] scores = [.. parts.Select(part => Score(text, part, seed, epochs))];
            double mean = scores.Average(score => score.Accuracy);
            double deviation = Math.Sqrt(scores.Average(score => Math.Pow(score.Accuracy - mean, 2)));
            rows.Add([text, Number(mean, "0.0000"), Number(deviation, "0.0000"),
                Number(clock.Elapsed.TotalSeconds, "0.00"), scores[^1].What]);
        }
        TextTable.Write(terminal.Out, rows, terminal.Width());
    }

    static (double Accuracy, string What) Score(string text, DataSplits parts, ulong seed, int? epochs)
    {
        if (!IsClassifier(text))
        {
            Recipe recipe = Recipe.For(parts, text, epochs) with { Seed = seed };
            Trainer trainer = recipe.Trainer(parts);
            trainer.Fit(parts);
            return (trainer.Evaluate(parts.Dev!).First(score => score.Name == "accuracy").Value,
                string.Create(CultureInfo.InvariantCulture,
                    $"{trainer.Model.Parameters.Sum(parameter => parameter.Shape.Size):N0} parameters"));
        }
        IClassifier classifier = ClassifierCatalog.All.Parse(text)();
        Normalization scale = Normalization.Fit(parts.Train);
        classifier.Fit(FeatureMatrix.Of(parts.Train, scale), FeatureMatrix.Labels(parts.Train));
        return (classifier.Accuracy(FeatureMatrix.Of(parts.Dev!, scale), FeatureMatrix.Labels(parts.Dev!)),
            classifier.Describe());
    }

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
