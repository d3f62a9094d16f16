using System.CommandLine;
using Hondo.Data;

namespace Hondo.Cli;

/// <summary>Refuses options that say nothing here: what has no effect is a mistake.</summary>
static class Applicability
{
    static readonly string[] Classifiers = ["svm", "linear-svm", "knn"];
    static readonly string[] Neurons = ["perceptron", "adaline", "mcculloch-pitts"];
    static readonly string[] Tools = ["rbm", "pca", "k-means", "kmeans", "t-sne", "tsne"];

    /// <summary>Says what to use for a model that is not trained step by step as networks are.</summary>
    /// <exception cref="UsageException">The model has a command or a page of its own.</exception>
    static void CheckModel(string? text, string? data)
    {
        string name = (text ?? "").Split('(')[0].Trim().ToLowerInvariant();
        if (Classifiers.Contains(name))
            throw new UsageException($"--model {name}: it is solved at once, not trained in epochs. "
                + $"Compare it with networks: hondo compare {data} --models \"{text}; softmax\"");
        if (Neurons.Contains(name))
            throw new UsageException($"--model {name}: the first neurons are shown step by step. "
                + $"Look at one with: hondo neuron {name}");
        if (Tools.Contains(name))
            throw new UsageException($"--model {name}: it is a tool of C#, not a classifier. "
                + "The page docs/classical.md shows how it is used.");
    }

    /// <summary>Refuses options that this data, this model or the other options leave without effect.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="why">What the option is for, <c>is for a name such as mlp, but …</c>.</param>
    /// <param name="unfit">The options; those that were not given are no mistake.</param>
    /// <exception cref="UsageException">One of them was given.</exception>
    public static void Refuse(ParseResult parsed, string why, params IEnumerable<Option> unfit)
    {
        if (unfit.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } option)
            throw new UsageException($"{option.Name} {why}: leave it out.");
    }

    /// <exception cref="UsageException">An option belongs to another kind of data.</exception>
    public static void Check(ParseResult parsed, TrainOptions options, DataSource source)
    {
        CheckModel(parsed.GetValue(options.Model), parsed.GetValue(options.Data));
        Targets targets = source.Parts.Train.Targets;
        bool isText = targets.Tokenizer is not null;
        if (source.Schema is null)
            Refuse(options.Table.All, "says how a table (.csv) is read");
        if (!isText)
            Refuse([options.Tokens, options.Window], "says how a text is cut");
        if (!source.IsPictures)
        {
            Refuse([options.Size], "is the size that the pictures of a folder get");
            Refuse([options.Cache], "is for the pictures of a folder");
        }
        if (!targets.HasLabels)
            Refuse([options.HumanError], "is a share of wrong answers among classes");
        if (isText || targets.AreDrawn)
            Refuse([options.Normalize], "is for samples of numbers");
        if (targets.AreDrawn)
            Refuse([options.Split], "divides samples; these sequences come in parts of their own");

        void Refuse(IReadOnlyList<Option> unfit, string what) =>
            Applicability.Refuse(parsed, $"{what}, but {source.Name} is {KindOf(source)}", unfit);
    }

    /// <summary>What kind of data it is, in words.</summary>
    public static string KindOf(DataSource source) => source switch
    {
        { Schema: not null } => "a table",
        { Parts.Train.Targets.Tokenizer: not null } => "a text",
        { Parts.Train.Targets.AreDrawn: true } => "made of sequences",
        { IsPictures: true } => "a folder of pictures",
        _ => "a data set of its own",
    };
}
