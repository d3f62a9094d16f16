using Hondo.Serialization;

namespace Hondo.Tuning.Tests;

/// <summary>The tuner's tests have the library alone, as a program may.</summary>
public sealed class MissingPackageTests
{
    [Theory]
    [InlineData("NeuralTuringMachine(3)", "Hondo.Sequences")]
    [InlineData("LocalResponseNorm()", "Hondo.Vision")]
    public void A_name_of_a_package_that_is_not_there_is_refused_with_the_package(string text, string package) =>
        Assert.StartsWith(
            $"There is no layer '{text.Split('(')[0]}'. It is in the package {package}: dotnet add package {package}.",
            Assert.Throws<CallTextException>(() => LayerCatalog.All.Parse(text)).Message, StringComparison.Ordinal);
}
