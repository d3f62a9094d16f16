using System.Globalization;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Tensors;
using Xunit.Abstractions;

namespace Hondo.Onnx.Tests.Export;

/// <summary>Every network that has a name can be exported, and ONNX Runtime computes the same with it.</summary>
public sealed class CatalogExportTests(ITestOutputHelper output)
{
    // Small ones of each kind; a sample of one axis is a text of tokens where the network reads texts.
    static readonly Dictionary<string, (Shape Sample, int Outputs)> Small = new()
    {
        ["alexnet"] = ([67, 67, 3], 7), ["squeezenet"] = ([64, 64, 3], 7), ["squeezenet10"] = ([64, 64, 3], 7),
        ["mobilenet"] = ([64, 64, 3], 7), ["ntm"] = ([5, 6], 4), ["linear"] = ([9], 1), ["logistic"] = ([9], 1),
        ["softmax"] = ([9], 3), ["char-transformer"] = ([12], 17), ["char-rnn"] = ([8], 17),
        ["char-lstm"] = ([8], 17), ["char-gru"] = ([8], 17),
    };

    internal static IEnumerable<string> AllNames => ModelCatalog.All.Signatures.Select(line => line.Name);

    public static TheoryData<string> Names => [.. AllNames];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_network_of_the_catalog_agrees(string name)
    {
        (Layer model, Shape sample, DType type, int outputs) = Make(name);
        double apart = ExportCheck.Compare(model, sample, type, outputs);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {apart:G2}"));
    }

    /// <summary>A small network of a name, with its samples.</summary>
    internal static (Layer Model, Shape Sample, DType Type, int Outputs) Make(string name)
    {
        (Shape sample, int outputs) = Small.TryGetValue(name, out var small) ? small : ModelCatalog.UsualData(name);
        bool isText = name.StartsWith("char-", StringComparison.Ordinal);
        return (ModelCatalog.Parse(name, sample, outputs), sample, isText ? DType.Int32 : DType.Float32, outputs);
    }
}
