using Hondo.Serialization;

namespace Hondo.Classical;

/// <summary>The classifiers that a text can name, each made anew at every call.</summary>
public static class ClassifierCatalog
{
    /// <summary>All of them; a new classifier is one line here.</summary>
    public static Catalog<Func<IClassifier>> All { get; } = new("classifier",
    [
        Line("knn(k: 5, weights: uniform)",
            a => new KNearestNeighbors(a.Int("k"), a.OneOf<NeighborWeights>("weights"))),
        Line("linear-svm(c: 1, tolerance: 1e-4, epochs: 1000)", a => new LinearSvm(a.Number("c"))
        {
            Tolerance = a.Number("tolerance"),
            MaxEpochs = a.Int("epochs"),
        }),
        Line("svm(kernel: rbf, c: 1, gamma: scale, degree: 3, constant: 0, tolerance: 1e-3)",
            a => new Svm(KernelOf(a), a.Number("c")) { Tolerance = a.Number("tolerance") }),
    ]);

    static CatalogLine<Func<IClassifier>> Line(string signature, Func<Arguments, IClassifier> make) =>
        new(signature, arguments =>
        {
            // Once now, so that a wrong argument is an error of the text.
            _ = make(arguments);
            return () => make(arguments);
        });

    static IKernel KernelOf(Arguments arguments) => arguments.OneOf<KernelName>("kernel") switch
    {
        KernelName.Linear => new LinearKernel(),
        KernelName.Poly => new PolynomialKernel(arguments.Int("degree"), GammaOf(arguments),
            arguments.Number("constant")),
        _ => new RbfKernel(GammaOf(arguments)),
    };

    static Gamma GammaOf(Arguments arguments) => arguments.IsWord("gamma", "scale") ? Gamma.Scale
        : arguments.IsWord("gamma", "auto") ? Gamma.Auto
        : Gamma.Of(arguments.Number("gamma"));

    enum KernelName
    {
        Rbf,
        Poly,
        Linear,
    }
}
