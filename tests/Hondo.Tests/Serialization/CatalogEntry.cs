using System.Reflection;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Metrics;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Serialization;

/// <summary>
/// One line of one catalog: the kind of thing, what the call takes, and what a text prints as once built.
/// </summary>
sealed record CatalogEntry(Type Kind, Signature Signature, Func<string, string> PrintBuilt)
{
    // These cannot be built from a text: code of one's own, a table that prints itself, and a list.
    static readonly HashSet<Type> WithoutText = [typeof(Function), typeof(ConfusionMatrix), typeof(Augmentation)];

    public static IEnumerable<CatalogEntry> All =>
    [
        .. Of(LayerCatalog.All),
        .. Of(InitializerCatalog.All),
        .. Of(LossCatalog.All),
        .. Of(MetricCatalog.All),
        .. Of(ScheduleCatalog.All),
        .. Of(UpdateStepCatalog.All),
        .. Of(TransformCatalog.All),
        .. Of(TransformCatalog.Mixes),
        .. Of(typeof(Optimizer), OptimizerCatalog.All, make => make([Parameter.Of(Tensor.Scalar(1f))])),
    ];

    /// <summary>The public classes that should have a line.</summary>
    public static IEnumerable<Type> Things =>
        Libraries.Types
            .Where(type => type is { IsAbstract: false, IsClass: true, IsPublic: true } && !WithoutText.Contains(type))
            .Where(type => All.Any(entry => entry.Kind.IsAssignableFrom(type)));

    /// <summary>The constructor's arguments; an optimizer's parameters come from elsewhere.</summary>
    public ParameterInfo[] Constructor()
    {
        Type type = Things.Single(thing => thing.Name == Signature.Name);
        ConstructorInfo longest = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;
        return [.. longest.GetParameters().Where(p => p.ParameterType != typeof(IEnumerable<Parameter>))];
    }

    static IEnumerable<CatalogEntry> Of<T>(Catalog<T> catalog) => Of(typeof(T), catalog, thing => thing!);

    static IEnumerable<CatalogEntry> Of<T>(Type kind, Catalog<T> catalog, Func<T, object> built) =>
        catalog.Signatures.Select(signature => new CatalogEntry(kind, signature,
            text => built(catalog.Parse(text)).ToString()!));
}
