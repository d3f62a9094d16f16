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
    public void No_two_namespaces_share_a_name() => Assert.Empty(
        Types.GroupBy(type => type.Name).Where(group => group.Count() > 1).Select(group => group.Key));

    [Fact]
    public void No_alias_is_needed() =>
        Assert.DoesNotContain(Lines(), line => line.Contains("Alias", StringComparison.Ordinal));

    static IEnumerable<string> Missing(IEnumerable<string> names, Func<string, string> line) =>
        names.Select(line).Except(Lines()).Order(StringComparer.Ordinal);

    static IEnumerable<string> Lines() =>
        XDocument.Parse(Page.Read("src/Hondo/buildTransitive/Hondo.props")!).Descendants("Using")
            .Select(element => element.ToString());
}
