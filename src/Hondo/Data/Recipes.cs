using System.Globalization;

namespace Hondo.Data;

/// <summary>What works for pictures.</summary>
static class ImageRecipe
{
    // From here on a picture is a photo: what is in it may stand nearer or farther away.
    const int PhotoSide = 64;

    // What a step keeps of a photo takes megabytes, and a batch of so many holds enough of them.
    const int PhotosABatch = 32;

    // Of so many pictures each is met often enough in a few epochs.
    const int ManyPictures = 20_000;

    const int LeastSide = 16;

    static readonly string[] Dense = ["linear", "softmax", "logistic", "perceptron", "adaline", "mlp"];

    /// <summary>True when the data are pictures of classes, and the model is none of those that see rows of numbers.
    /// </summary>
    public static bool Fits(DataSplits data, string? model) => IsPicture(data.Train)
        && data.Train.Targets.HasLabels && (model is null || !Dense.Contains(NameOf(model)))
        && (model is null || !model.StartsWith("Sequential", StringComparison.OrdinalIgnoreCase)
            || model.Contains("Conv", StringComparison.Ordinal));

    /// <summary>The recipe; <paramref name="augment"/> is what the user asked for, or null for what fits.</summary>
    public static Recipe For(DataSplits data, string? model, int? epochs, string? augment)
    {
        Dataset train = data.Train;
        bool areDigits = AreDigits(train), isMany = train.Count >= ManyPictures, isColoured = train.Sample[2] > 1;
        bool isAlexNet = model is not null && NameOf(model) == "alexnet";
        // AlexNet cuts its windows out itself (Krizhevsky et al. 2012, §4.1).
        augment ??= isAlexNet && isColoured ? "Flip(), PcaColor()" : areDigits && isMany ? "" : Augment(train);
        // Three epochs of MNIST are enough; samples that change each time can be learnt from for longer.
        int rounds = epochs ?? (!isMany ? 16 : isColoured ? 30 : augment.Length > 0 ? 12 : 3);
        bool isPhoto = Math.Min(train.Sample[0], train.Sample[1]) >= PhotoSide;
        model ??= isColoured && train.Sample[0] < PhotoSide && isMany ? "resnet20"
            : isPhoto ? "vgg(widths: [16, 32, 64, 128], depth: 1, dropout: 0.3)"
            : "vgg(widths: [32, 64, 128], depth: 1, dropout: 0.3)";
        bool isResidual = NameOf(model).StartsWith("resnet", StringComparison.Ordinal);
        return new()
        {
            Model = model,
            // Residual networks generalize best with momentum (He et al. 2016); the rest is quicker with Adam.
            Optimizer = isResidual ? "Momentum(learningRate: 0.1, beta: 0.9, before: [L2(0.0005)])"
                : isAlexNet ? "Momentum(learningRate: 0.01, beta: 0.9, before: [L2(0.0005)])"
                : $"Adam(learningRate: {RateOf(NameOf(model))})",
            Schedule = isResidual ? $"WarmUp(1, CosineDecay({rounds}))" : $"OneCycle({rounds})",
            Loss = "CrossEntropy()",
            Epochs = rounds,
            Batch = Math.Clamp(train.Count / 60 / 16 * 16, 16, isPhoto ? PhotosABatch : isMany ? 128 : 64),
            Augment = augment,
        };
    }

    // Without a norm, and with a ReLU over its answers, SqueezeNet loses units and classes at the usual rate.
    static string RateOf(string model) => model switch
    {
        "vgg" or "cnn" => "0.003",
        "squeezenet" or "squeezenet10" => "0.0003",
        _ => "0.001",
    };

    /// <summary>Changes that leave the class as it is; empty for what is no picture.</summary>
    public static string Augment(Dataset train)
    {
        if (!IsPicture(train))
            return "";
        int side = Math.Min(train.Sample[0], train.Sample[1]);
        // A mirrored digit is none.
        return AreDigits(train) ? "Shift(2), Rotate(10), Scale(0.1), Shear(8)"
            // Grey things of a data set mostly stand in the middle, as those of Fashion-MNIST.
            : side < PhotoSide && train.Sample[2] == 1 ? "Shift(1), Flip()"
            : side < PhotoSide ? $"RandomCrop({side / 8}), Flip()"
            : "RandomResizedCrop(leastArea: 0.35), Flip()";
    }

    static bool IsPicture(Dataset data) =>
        data.Sample is [>= LeastSide, >= LeastSide, 1 or 3] && data.Features.ArePictures;

    static bool AreDigits(Dataset train) => train.Classes.Count > 0
        && train.Classes.All(name => name.Length == 1 && char.IsAsciiLetterOrDigit(name[0]));

    static string NameOf(string model) =>
        string.Concat(model.TakeWhile(c => char.IsAsciiLetterOrDigit(c))).ToLowerInvariant();
}

/// <summary>What works for masks of pictures.</summary>
static class SegmentationRecipe
{
    public static Recipe For(DataSplits data, string? model, int? epochs, string? augment)
    {
        // Every pixel is a target: a few hundred steps see millions.
        int batch = Math.Clamp(data.Train.Count / 30, 1, 16);
        int rounds = epochs ?? Math.Clamp(600 * batch / data.Train.Count, 8, 40);
        return new()
        {
            Model = model ?? "unet(widths: [16, 32, 64])",
            Optimizer = "Adam(learningRate: 0.005)",
            Schedule = $"OneCycle({rounds})",
            Loss = "DiceCrossEntropy()",
            Epochs = rounds,
            Batch = batch,
            Augment = augment ?? "",
        };
    }
}

/// <summary>What works for texts: the settings of char-rnn (Karpathy 2015).</summary>
static class TextRecipe
{
    const string Rnn = "RmsProp(learningRate: 0.002, beta: 0.95, before: [ClipValue(5)])",
        Transformer = "AdamW(learningRate: 0.003, weightDecay: 0.01, before: [ClipNorm(1)])";

    // A transformer knows nothing of the window before: each must be long enough to stand for itself. As many tokens a
    // step as with the usual options.
    static readonly TextOptions LongWindows = new() { Window = 128, Streams = 20 };

    // Epochs at the full rate, before each takes 3 % off it.
    const int Steady = 10;

    public static TextOptions Text(string? model) =>
        IsTransformer(model) ? LongWindows : new();

    static bool IsTransformer(string? model) => model is not null
        && (model.Contains("transformer", StringComparison.OrdinalIgnoreCase)
            || model.Contains("MultiHeadAttention", StringComparison.OrdinalIgnoreCase));

    public static Recipe For(TokenWindows windows, ITokenizer tokenizer, string? model, int? epochs)
    {
        bool isTransformer = IsTransformer(model);
        // Short texts are gone through more often, but fifty times at most. A transformer learns by heart sooner: after
        // ten epochs of Shakespeare its training loss is 0.2 below that of the dev part.
        double tokens = isTransformer ? 1e7 : 2e7;
        int rounds = epochs ?? Math.Clamp((int)Math.Round(tokens / windows.Layout.Targets), 10, 50);
        double characters = Math.Round(windows.CharactersPerToken(tokenizer), 4);
        string length = characters == 1 ? "" : characters.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            Model = model ?? "char-lstm(hidden: 128, layers: 2)",
            Optimizer = isTransformer ? Transformer : Rnn,
            Schedule = isTransformer ? $"WarmUp(0.5, CosineDecay({rounds}))"
                : $"WarmUp({Steady}, ExponentialDecay(0.97), start: 1)",
            Loss = $"TokenCrossEntropy({length})",
            Epochs = rounds,
            Batch = windows.Layout.Streams,
            Normalize = false,
        };
    }
}

/// <summary>What works for sequences of bits to be said again.</summary>
static class BitRecipe
{
    // Repeat-copy, whose sequences are long: going back to the beginning without a mark takes longer to discover.
    const int LongSteps = 100;

    public static Recipe For(DataSplits data, string? model, int? epochs)
    {
        int rounds = epochs ?? (data.Train.Sample[0] < LongSteps ? 6 : 16);
        return new()
        {
            Model = model ?? "ntm",
            // Addresses bend so sharply that single gradients are a hundred times the usual: without the limit one of
            // them undoes what was learnt.
            Optimizer = "Adam(learningRate: 0.001, before: [ClipNorm(0.1)])",
            Schedule = $"CosineDecay({rounds})",
            Loss = "BitCrossEntropy()",
            Epochs = rounds,
            Batch = 16,
            Normalize = false,
        };
    }
}
