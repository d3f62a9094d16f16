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
            .. ModelCatalog.All.Signatures.Select(signature => signature.Name.Replace("-", ""))];
        Assert.All(OtherPackages.All.SelectMany(package => package.Things), name => Assert.Contains(name, known));
        Assert.All(CatalogEntry.Things, thing => Assert.Equal(Place(thing), OtherPackages.Of(thing.Name)));
    }

    static string? Place(Type thing) => thing.Assembly.GetName().Name is { } name and not "Hondo" ? name : null;
}
