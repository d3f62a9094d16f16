using Hondo.Layers;
using Hondo.Serialization;

namespace Hondo.Models;

/// <summary>The layers and models of Hondo.Sequences that a text or a model file can name.</summary>
public static class SequenceCatalog
{
    /// <summary>
    /// Makes them known. A C# program that has the package does it by itself at its start; once more changes nothing.
    /// </summary>
    public static void Register() => OtherPackages.Add(AddAll);

    static void AddAll()
    {
        LayerCatalog.All.Register(new(
            "NeuralTuringMachine(inputs, hidden: 100, controller: Lstm, rows: 128, width: 20, reads: 1, writes: 1)",
            a => new NeuralTuringMachine(a.Int("inputs"), a.Int("hidden"), a.OneOf<NtmController>("controller"),
                a.Int("rows"), a.Int("width"), a.Int("reads"), a.Int("writes"))));
        ModelCatalog.All.Register(ModelCatalog.Line(
            "ntm(hidden: 100, controller: Lstm, rows: 128, width: 20, reads: 1, writes: 1)", (a, input, bits) =>
                NeuralTuringMachines.Of(input, bits, a.Int("hidden"), a.OneOf<NtmController>("controller"),
                    a.Int("rows"), a.Int("width"), a.Int("reads"), a.Int("writes"))));
    }
}
