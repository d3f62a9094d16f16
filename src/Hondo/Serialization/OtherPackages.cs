namespace Hondo.Serialization;

/// <summary>
/// The packages beside Hondo whose things texts can name. A program that has one adds its names at the start; they are
/// registered when the first name is looked up, so that a program that reads no text pays nothing.
/// </summary>
static class OtherPackages
{
    static readonly Lock Opening = new();
    static readonly Queue<Action> Waiting = [];

    /// <summary>What each of them has, for the error that says which one is missing.</summary>
    public static IReadOnlyList<(string Package, string[] Things)> All { get; } =
    [
        ("Hondo.Sequences", ["NeuralTuringMachine", "ntm", "chargru", "charlstm", "charrnn", "chartransformer",
            "TokenCrossEntropy", "BitCrossEntropy", "BitsRight"]),
    ];

    /// <summary>Adds a package's names: what registers them in the catalogs.</summary>
    public static void Add(Action register)
    {
        lock (Opening)
            Waiting.Enqueue(register);
    }

    /// <summary>Registers the names that were added since the last time.</summary>
    public static void Open()
    {
        lock (Opening)
            while (Waiting.TryDequeue(out Action? register))
                register();
    }

    /// <summary>The package that has a thing of this name, or null.</summary>
    public static string? With(string name) => All.FirstOrDefault(package =>
        package.Things.Contains(name, StringComparer.OrdinalIgnoreCase)).Package;
}
