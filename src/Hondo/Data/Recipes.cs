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
