using System.Reflection;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Benchmarks;

/// <summary>An optimizer of ten million numbers, after its first step.</summary>
public sealed class OptimizerCase(string name) : IElements
{
    const int Numbers = 10_000_000;

    Optimizer? _optimizer;
    UpdateFloats? _update;

    delegate void UpdateFloats(Span<float> values, ReadOnlySpan<float> gradients);

    // Values are read and written, gradients read, every state read and written: in words of four bytes.
    /// <inheritdoc/>
    public double Elements => (double)Numbers * (3 + (2 * (_optimizer?.States.Count ?? 0)));

    /// <summary>Makes the parameters and does one whole step.</summary>
    public void Start()
    {
        var parameter = new Parameter([Numbers], new Initializers.Normal(0.1));
        parameter.Draw(seed: 1);
        _optimizer = OptimizerCatalog.Parse(name, [parameter]);
        using var step = Tape.Begin();
        ((Tensor)parameter).Square().Sum().Backward();
        _optimizer.Step();
        _update = typeof(Optimizer).GetMethod("Update", BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(typeof(float)).CreateDelegate<UpdateFloats>(_optimizer);
    }

    /// <summary>Updates all numbers again, by the same gradients.</summary>
    public void Update() => _update!(_optimizer!.Slab.Values<float>(), _optimizer.Slab.Gradients<float>());

    /// <inheritdoc/>
    public override string ToString() => name;
}
