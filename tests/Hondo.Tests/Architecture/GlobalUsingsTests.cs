using System.Xml.Linq;
using Hondo.Tensors;
using Hondo.Tests.Docs;

namespace Hondo.Tests.Architecture;

/// <summary>What buildTransitive/Hondo.props gives to programs that use Hondo.</summary>
public sealed class GlobalUsingsTests
{
    static readonly IReadOnlyList<XElement> Usings =
        [.. XDocument.Parse(Page.Read("src/Hondo/buildTransitive/Hondo.props")!).Descendants("Using")];

    static readonly IReadOnlyDictionary<string, string> Aliases = Usings.Where(e => e.Attribute("Alias") is not null)
        .ToDictionary(e => e.Attribute("Alias")!.Value, e => e.Attribute("Include")!.Value);

    static readonly HashSet<string> Namespaces =
        [.. Usings.Where(e => e.Attribute("Alias") is null).Select(e => e.Attribute("Include")!.Value)];

    [Fact]
    public void Every_namespace_for_users_is_a_global_using()
    {
        // Kernels are for those who write formulas, Storage comes with a model's own Save.
        string[] own = ["Hondo.Kernels", "Hondo.Storage"];
        Assert.Equal(typeof(Tensor).Assembly.ExportedTypes.Select(type => type.Namespace!).Distinct().Except(own).Order(),
            Namespaces.Order());
    }

    [Fact]
    public void A_name_that_two_namespaces_share_has_an_alias()
    {
        var shared = typeof(Tensor).Assembly.ExportedTypes
            .Where(type => Namespaces.Contains(type.Namespace!) && !type.IsNested).GroupBy(type => type.Name)
            .Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Equal(shared.Order(), Aliases.Keys.Order());
    }

    [Fact]
    public void An_alias_names_a_type_that_exists() =>
        Assert.All(Aliases.Values, name => Assert.NotNull(typeof(Tensor).Assembly.GetType(name)));
}
