using System.Xml.Linq;
using Hondo.Tensors;
using Hondo.Tests.Docs;

namespace Hondo.Tests.Architecture;

/// <summary>What buildTransitive/Hondo.props gives to programs that use Hondo.</summary>
public sealed class GlobalUsingsTests
{
    // Kernels are for those who write formulas.
    static readonly string[] OnRequest = ["Hondo.Kernels"];

    static readonly IReadOnlyList<Type> Types = [.. typeof(Tensor).Assembly.ExportedTypes
        .Where(type => !type.IsNested && !OnRequest.Contains(type.Namespace))];

    [Fact]
    public void Every_namespace_for_users_is_a_global_using() =>
        Assert.Empty(
            Missing(Types.Select(type => type.Namespace!).Distinct(), name => $"<Using Include=\"{name}\" />"));

    [Fact]
    public void A_name_that_two_namespaces_share_has_an_alias() => Assert.Empty(Missing(
        Types.GroupBy(type => type.Name).Where(group => group.Count() > 1)
            .Select(group => group.OrderBy(type => type.Namespace == "Hondo.Ops").First().FullName!),
        name => $"<Using Include=\"{name}\" Alias=\"{name[(name.LastIndexOf('.') + 1)..]}\" />"));

    [Fact]
    public void No_alias_names_a_type_that_is_gone() =>
        Assert.All(Lines().Where(line => line.Contains("Alias", StringComparison.Ordinal)),
            line => Assert.Contains(Types, type => line.Contains($"\"{type.FullName}\"", StringComparison.Ordinal)));

    static IEnumerable<string> Missing(IEnumerable<string> names, Func<string, string> line) =>
        names.Select(line).Except(Lines()).Order(StringComparer.Ordinal);

    static IEnumerable<string> Lines() =>
        XDocument.Parse(Page.Read("src/Hondo/buildTransitive/Hondo.props")!).Descendants("Using")
            .Select(element => element.ToString());
}
