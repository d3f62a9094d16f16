using System.Reflection;

namespace Hondo.Serialization;

/// <summary>
/// The packages beside Hondo whose things texts can name. A program that has one adds its names at the start; they are
/// registered when the first name is looked up, so that a program that reads no text pays nothing.
/// </summary>
static class OtherPackages
{
    static readonly Lock Opening = new();
    static readonly Queue<Action> Waiting = [];
    static readonly HashSet<string> Present = [];

    /// <summary>What each of them has, for the error that says which one is missing.</summary>
    public static IReadOnlyList<(string Package, string[] Things)> All { get; } =
    [
        ("Hondo.Sequences",
        [
            "Gru", "LearnedPositions", "Lstm", "MultiHeadAttention", "NeuralTuringMachine", "Rnn",
            "SinusoidalPositions", "BitCrossEntropy", "TokenCrossEntropy", "BitsRight", "chargru", "charlstm",
            "charrnn", "chartransformer", "ntm",
        ]),
        ("Hondo.Vision",
        [
            "LocalResponseNorm", "RandomCrop2d", "Subsample", "Upsample", "ZeroChannels", "DiceCrossEntropy",
            "MeanIoU", "Brightness", "ColorJitter", "Contrast", "Cutout", "Erase", "Flip", "PcaColor", "RandomCrop",
            "RandomResizedCrop", "Rotate", "Scale", "Shear", "Shift", "VerticalFlip", "CutMix", "alexnet", "cnn",
            "lenet5", "mobilenet", "resnet", "resnet20", "squeezenet", "squeezenet10", "unet", "vgg",
        ]),
    ];

    /// <summary>True for the library and the packages beside it, false for somebody's own code.</summary>
    public static bool AreWith(Assembly assembly) => assembly.GetName().Name is "Hondo" or "Hondo.Sequences"
        or "Hondo.Vision";

    /// <summary>Adds a package's names: what registers them in the catalogs.</summary>
    public static void Add(string package, Action register)
    {
        lock (Opening)
            if (Present.Add(package))
                Waiting.Enqueue(register);
    }

    /// <summary>Registers the names that were added since the last time.</summary>
    public static void Open()
    {
        lock (Opening)
            while (Waiting.TryDequeue(out Action? register))
                register();
    }

    /// <summary>The package that has a thing of this name and is not there, or null.</summary>
    public static string? Missing(string name) =>
        Of(name) is { } package && !Present.Contains(package) ? package : null;

    /// <summary>The package that has a thing of this name, or null.</summary>
    public static string? Of(string name) => All.FirstOrDefault(package =>
        package.Things.Contains(name, StringComparer.OrdinalIgnoreCase)).Package;
}
