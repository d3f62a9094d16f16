using Hondo.Layers;
using Hondo.Models;
using Hondo.Serialization;

namespace Hondo.Tests.Serialization;

/// <summary>What packages beside the library add to its catalogs.</summary>
public sealed class OtherPackagesTests
{
    [Fact]
    public void The_error_knows_exactly_the_names_that_packages_add()
    {
        string[] known = [.. CatalogEntry.All.Select(entry => entry.Signature.Name),
            .. ModelCatalog.All.Signatures.Select(signature => signature.Name)];
        Assert.All(OtherPackages.All.SelectMany(package => package.Things), name => Assert.Contains(name, known));
        Assert.All(CatalogEntry.Things, thing => Assert.Equal(Place(thing), OtherPackages.With(thing.Name)));
    }

    [Fact]
    public void A_name_of_a_package_that_is_not_there_is_refused_with_the_package()
    {
        var catalog = new Catalog<Layer>("layer", [new("Relu()", _ => new Relu())]);
        Assert.StartsWith("There is no layer 'NeuralTuringMachine'. It is in the package Hondo.Sequences: "
            + "dotnet add package Hondo.Sequences.",
            Assert.Throws<CallTextException>(() => catalog.Parse("NeuralTuringMachine(3)")).Message,
            StringComparison.Ordinal);
    }

    static string? Place(Type thing) => thing.Assembly.GetName().Name is { } name and not "Hondo" ? name : null;
}
