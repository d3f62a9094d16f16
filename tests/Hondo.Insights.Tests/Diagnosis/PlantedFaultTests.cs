using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Hondo.Insights.Tests;

/// <summary>The table of planted faults: each must be named, with its layer.</summary>
public sealed partial class PlantedFaultTests(ITestOutputHelper output)
{
    static readonly Fault[] Faults = [.. DataFaults.All, .. ModelFaults.All, .. LearningFaults.All];

    public static TheoryData<string> Names => [.. Faults.Select(fault => fault.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_fault_is_named(string name)
    {
        Fault fault = Faults.Single(fault => fault.Name == name);
        IReadOnlyList<Finding> findings = fault.Examine();
        foreach (Finding finding in findings)
            output.WriteLine($"{finding.Code} [{finding.Layer}]: {finding.Message}");
        Finding? named = findings.FirstOrDefault(finding => finding.Code == fault.Code && finding.Layer == fault.Layer);
        Assert.True(named is not null, $"{fault.Code} of layer '{fault.Layer}' was not found, but "
            + string.Join("\n", findings.Select(finding => $"{finding.Code} [{finding.Layer}]: {finding.Message}")));
        Assert.Contains(fault.Says, named.Sentence, StringComparison.Ordinal);
        Assert.True(fault.Op is null || named.Op == fault.Op, $"op {named.Op} instead of {fault.Op}");
        Assert.All([named.Rule, named.Remedy], text => Assert.NotEmpty(text));
        Assert.All(findings, SaysTheSameInSpanish);
    }

    [Fact]
    public void Every_rule_has_its_Spanish() => Assert.All(DiagnosisRules.All, rule =>
        SaysTheSameInSpanish(rule.Found(Phrase.FromText(""))));

    static void SaysTheSameInSpanish(Finding finding)
    {
        FindingText? texts = finding.Spanish;
        Assert.True(texts is not null, $"There is no Spanish for: {finding.Sentence}");
        Assert.NotEqual(finding.Rule, texts.Rule);
        foreach ((string english, string spanish) in ((string, string)[])[(finding.Sentence, texts.Sentence),
            (finding.Rule, texts.Rule), (finding.Remedy, texts.Remedy)])
            Assert.Equal(Numbers(english), Numbers(spanish));
    }

    // In any order: sentences are built differently.
    static string[] Numbers(string text) =>
        [.. Number().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\d+([.,]\d+)*(E[+-]?\d+)?")]
    private static partial Regex Number();

    [Fact]
    public void There_are_at_least_50_faults_of_almost_every_rule()
    {
        output.WriteLine($"planted faults: {Faults.Length}");
        Assert.True(Faults.Length >= 50);
        Assert.Empty(DiagnosisRules.All.Select(rule => rule.Code).Except(Faults.Select(fault => fault.Code))
            .Except(["bias-and-variance-low"]));
    }
}
