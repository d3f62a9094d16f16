using Hondo.Onnx.Conformance;

namespace Hondo.Onnx.Tests;

/// <summary>The ONNX standard's own tests.</summary>
public sealed class NodeTests
{
    static string[] Passes(string kind) => [.. File.ReadLines(
        Path.Combine(AppContext.BaseDirectory, "Passes", kind + ".txt")).Where(line => line.Length > 0)];

    [SharedFact("onnx/node")]
    public void Every_node_test_that_passed_passes_and_none_is_wrong() => Check("node");

    [SharedFact("onnx/simple")]
    public void Every_simple_test_that_passed_passes_and_none_is_wrong() => Check("simple");

    [SharedFact("onnx/pytorch-converted")]
    public void Every_converted_test_that_passed_passes_and_none_is_wrong() => Check("pytorch-converted");

    [SharedFact("onnx/pytorch-operator")]
    public void Every_operator_test_that_passed_passes_and_none_is_wrong() => Check("pytorch-operator");

    static void Check(string kind)
    {
        ConformanceResult[] results = [.. ConformanceTest.In(Shared.At($"onnx/{kind}")).AsParallel().AsOrdered()
            .Select(ConformanceTest.Run)];
        string[] now = [.. results.Where(r => r.Outcome == ConformanceOutcome.Passed).Select(r => r.Name)];
        if (Environment.GetEnvironmentVariable("HONDO_WRITE_PASSES") is { Length: > 0 } folder)
            File.WriteAllLines(Path.Combine(folder, kind + ".txt"), now);
        Assert.DoesNotContain(results, result => result.Outcome == ConformanceOutcome.Wrong);
        Assert.Empty(Passes(kind).Except(now));
        // What newly passes joins the list, so that it cannot be lost again: HONDO_WRITE_PASSES names a folder for it.
        Assert.Empty(now.Except(Passes(kind)));
    }

    [SharedTheory("onnx/node")]
    [InlineData("node")]
    [InlineData("simple")]
    [InlineData("pytorch-converted")]
    [InlineData("pytorch-operator")]
    public void What_passes_passes_by_the_ops_that_have_gradients_too(string kind)
    {
        HashSet<string> passes = [.. Passes(kind)];
        string[] failed = [.. ConformanceTest.In(Shared.At($"onnx/{kind}")).Where(test => passes.Contains(
            Path.GetFileNameWithoutExtension(test))).AsParallel().AsOrdered().Select(test =>
            ConformanceTest.Run(test, onTape: true)).Where(result => result.Outcome != ConformanceOutcome.Passed)
            .Select(result => $"{result.Name}: {result.Message}")];
        Assert.True(failed.Length == 0, string.Join('\n', failed));
    }

    [SharedFact("onnx/light")]
    public void The_networks_without_weights_give_what_is_expected() => Assert.All(
        ConformanceTest.In(Shared.At("onnx/light")).Select(ConformanceTest.Run),
        result => Assert.True(result.Outcome == ConformanceOutcome.Passed, $"{result.Name}: {result.Message}"));

    [SharedFact("onnx/node")]
    public void What_is_refused_names_its_operator_and_node() => Assert.All(
        ConformanceTest.In(Shared.At("onnx/node"))
            .Where(path => path.Contains("image_decoder", StringComparison.Ordinal)),
        path => Assert.Contains("does not know the operator 'ImageDecoder'", ConformanceTest.Run(path).Message,
            StringComparison.Ordinal));
}
