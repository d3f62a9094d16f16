using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Hondo.Data;
using Hondo.Kernels;
using Hondo.Models;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Cli;

/// <summary>What a command line asks to train: the data opened, everything left out chosen.</summary>
sealed record TrainJob(string Data, CsvOptions Csv, Split Split, DataSource Source, Recipe Recipe, string RunPath,
    int? Size = null)
{
    /// <summary>What the network has learned already, or null when it begins anew.</summary>
    public TransferSource? From { get; init; }

    /// <summary>What is done to samples before the model sees them.</summary>
    public Normalization? Normalization => From is null ? Recipe.NormalizationFor(Source.Parts.Train)
        : From.Network.Normalization;

    /// <summary>Builds the trainer.</summary>
    /// <param name="parts">The parts to train on, or some samples of them.</param>
    /// <param name="callbacks">What else is done during training.</param>
    public Trainer Trainer(DataSplits parts, params Callback[] callbacks) => From is null
        ? Recipe.Trainer(parts, callbacks) : From.Network.Trainer(parts, Recipe, From.UnfreezeAfter, callbacks);

    /// <summary>The share of wrong answers that cannot be helped.</summary>
    public double HumanError { get; init; }

    /// <summary>How weights are averaged, <c>Ema(0.999)</c>; empty for not at all.</summary>
    public string Average { get; init; } = "";

    /// <summary>The options that act while it runs.</summary>
    public IReadOnlyList<GivenOption> Acting { get; init; } = [];

    public static TrainJob Of(ParseResult parsed, TrainOptions options, Terminal terminal,
        CancellationToken cancellation, bool isResumed = false)
    {
        if (parsed.GetValue(options.Threads) is { } threads)
            Workers.Count = threads;
        Numerics.Exact = parsed.GetValue(options.Exact);
        string data = parsed.GetValue(options.Data)!;
        CsvOptions csv = options.Table.Of(parsed);
        ulong seed = parsed.GetValue(options.Seed) ?? 1;
        TransferModel? body = TransferModel.Asked(parsed, options, terminal, isResumed);
        (DataSource source, Split split) = Open(data, parsed.GetValue(options.Split), seed,
            OptionsOf(parsed, options, csv, seed, body, terminal), cancellation);
        source = body?.Sized(source) ?? source;
        // A run that goes on has every option after defaults, whatever its data.
        if (!isResumed)
            Applicability.Check(parsed, options, source);
        string? augment = Augment(parsed, options, source.Parts.Train);
        Recipe chosen = body?.Recipe(source.Parts, parsed.GetValue(options.Epochs), augment)
            ?? Recipe.For(source.Parts, parsed.GetValue(options.Model), parsed.GetValue(options.Epochs), augment);
        Recipe recipe = chosen with
        {
            Optimizer = parsed.GetValue(options.Optimizer) ?? chosen.Optimizer,
            Schedule = parsed.GetValue(options.Schedule) ?? chosen.Schedule,
            Loss = parsed.GetValue(options.Loss) ?? chosen.Loss,
            // The streams of a text are its batch: fewer than asked for when it is short.
            Batch = source.Parts.Train.Targets.Tokenizer is not null ? chosen.Batch
                : parsed.GetValue(options.Batch) ?? chosen.Batch,
            Normalize = parsed.GetValue(options.Normalize) is { } word ? word == "on" : chosen.Normalize,
            Seed = seed,
        };
        Check(recipe, source.Parts, isResumed || body is not null ? null : parsed, options);
        string run = parsed.GetValue(options.Run) ?? NewRun(source.Name, recipe.Model);
        return new(data, csv, split, source, recipe, run, parsed.GetValue(options.Size))
        {
            From = body?.Under(source.Parts),
            HumanError = parsed.GetValue(options.HumanError) ?? 0,
            Acting = [.. options.Acting.Select(one => one.Given(parsed)).OfType<GivenOption>()],
            Average = AverageOf(parsed.GetValue(options.Average), recipe.Epochs),
        };
    }

    // The network under a new head has its convolutions, and a run that goes on has every option.
    static void Check(Recipe recipe, DataSplits parts, ParseResult? given, TrainOptions options)
    {
        int outputs = recipe.CheckLoss(parts);
        if (given is not null)
            CheckModel(recipe, parts.Train, outputs);
        if (given is not null && Numerics.Exact && !HasConvolutions(recipe.Model, parts.Train))
            Applicability.Refuse(given, $"is about 3x3 convolutions, but {recipe.Model} has none", options.Exact);
    }

    // A score too many is that of a class that nobody knows.
    static void CheckModel(Recipe recipe, Dataset train, int needed)
    {
        if (recipe.Model.StartsWith("char-", StringComparison.OrdinalIgnoreCase) && train.Targets.Tokenizer is null)
            throw new UsageException($"--model {recipe.Model} reads texts, but {train.Name} is none: use mlp or cnn.");
        if (train.Classes.Count == 0 || train.Targets.Tokenizer is not null)
            return;
        ModelSummary summary = ModelSummary.Of(ModelCatalog.Parse(recipe.Model, train.Sample, needed), train.Sample);
        if (summary.Rows is [.., { Output: { Rank: 2 } output }] && output[1] != needed)
            throw new UsageException($"--model {recipe.Model} gives {output[1]} scores for each sample, but "
                + $"{recipe.Loss} of {train.Classes.Count} classes ({string.Join(", ", train.Classes.Take(5))}"
                + $"{(train.Classes.Count > 5 ? " …" : "")}) needs {needed}: end it with {needed} outputs.");
    }

    // How many outputs it has makes no difference to that.
    static bool HasConvolutions(string model, Dataset train) => ModelSummary.Of(ModelCatalog.Parse(model, train.Sample,
        outputs: 2)).Rows.Any(row => row.Text.StartsWith("Conv2d", StringComparison.Ordinal));

    // The option without a text asks for what fits the data; written out, the text is the same for everyone.
    static string? Augment(ParseResult parsed, TrainOptions options, Dataset train)
    {
        if (parsed.GetResult(options.Augment) is null)
            return null;
        string text = parsed.GetValue(options.Augment) ?? Recipe.AugmentFor(train);
        Augmentation augmentation = TransformCatalog.Parse(text is "off" or "none" ? "" : text);
        try
        {
            augmentation.Check(train);
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--augment: {error.Message.Split(" (Parameter")[0]}", error);
        }
        return augmentation.ToString();
    }

    static string AverageOf(string? text, int epochs)
    {
        if (text is null or "off")
            return "";
        IWeightAverage rule = AverageCatalog.All.Parse(text);
        return rule is Swa swa && swa.Start > epochs ? throw new UsageException($"--average {swa} averages nothing: "
            + $"training ends after epoch {epochs}. Make its start smaller.") : rule.ToString()!;
    }

    static DataOptions OptionsOf(ParseResult parsed, TrainOptions options, CsvOptions csv, ulong seed,
        TransferModel? body, Terminal terminal) => new()
        {
            Seed = seed,
            Csv = csv,
            MayBeTable = parsed.GetResult(options.Tokens) is null && parsed.GetResult(options.Window) is null,
            Images = body?.Images(ImagesOf(parsed, options)) ?? ImagesOf(parsed, options),
            Text = TextOptionsOf(parsed, options),
            Progress = new Output.DownloadLines(terminal),
        };

    static ImageOptions ImagesOf(ParseResult parsed, TrainOptions options)
    {
        // AlexNet sees windows of larger pictures, unless another size is asked for.
        bool isAlexNet = parsed.GetValue(options.Model)?.StartsWith("alexnet", StringComparison.OrdinalIgnoreCase)
            ?? false;
        int? side = parsed.GetValue(options.Size) ?? (isAlexNet ? AlexNets.PictureSide : null);
        var images = new ImageOptions { Height = side };
        return parsed.GetValue(options.Cache) is { } mebibytes ? images with { CacheBytes = (long)mebibytes << 20 }
            : images;
    }

    static TextOptions TextOptionsOf(ParseResult parsed, TrainOptions options)
    {
        TextOptions usual = Recipe.TextFor(parsed.GetValue(options.Model));
        return new()
        {
            Tokens = parsed.GetValue(options.Tokens) ?? usual.Tokens,
            Window = parsed.GetValue(options.Window) ?? usual.Window,
            Streams = parsed.GetValue(options.Batch) ?? usual.Streams,
            Split = parsed.GetValue(options.Split) is { } split ? Split.Parse(split) : usual.Split,
        };
    }

    static (DataSource, Split) Open(string data, string? text, ulong seed, DataOptions options,
        CancellationToken cancellation)
    {
        Split? asked = text is null ? null : Split.Parse(text);
        DataSource whole = DataSource.OpenAsync(data, options, cancellation).GetAwaiter().GetResult();
        if (whole.Parts.Train.Targets.Tokenizer is not null)
            return (whole, options.Text.Split);
        // Generated sequences come in parts of their own lengths.
        if (whole.Parts.Train.Targets.AreDrawn)
            return (whole, new(100, 0, 0));
        Split split = asked ?? SplitFor(whole.Parts);
        return (whole.Divided(split, seed), split);
    }

    // A tenth of the training samples, 5,000 at most, is enough to choose by where the test set comes with the data.
    static Split SplitFor(DataSplits parts)
    {
        // Of fewer than 300 samples a fifth is too few to choose by.
        if (parts.Test is null)
            return parts.Train.Count < 300 ? Split.TrainAndTest
                : parts.Train.Count < 500_000 ? Split.Usual
                : Split.Large;
        double dev = 100.0 * Math.Min(5000, parts.Train.Count / 10) / parts.Train.Count;
        return new(100 - dev, 0, dev);
    }

    static string NewRun(string data, string model)
    {
        string time = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        string name = string.Concat(model.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '-')).ToLowerInvariant();
        return Path.Combine("runs", $"{time}_{data}-{name}_{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
    }
}
