using System.Numerics;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Adds waves of many lengths, so that attention knows the order, without parameters and for any number of steps
/// y[t, 2i] = x + sin(t / 10000^(2i / features)),  y[t, 2i + 1] = x + cos(the same)
/// [batch, steps, features] → the same   (Vaswani et al. 2017, arXiv:1706.03762)
/// </summary>
public sealed class SinusoidalPositions : Layer, IKeyValueCached
{
    // ln 10000
    const double Range = 9.210340371976184;

    readonly int _features;
    Leaf? _table;

    /// <summary>Sinusoidal positions.</summary>
    /// <param name="features">Features of a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public SinusoidalPositions(int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        _features = features;
    }

    /// <inheritdoc/>
    public KeyValueCache? Past { get; set; }

    /// <inheritdoc/>
    public KeyValueCache NewPast(int length) => new(length, 0);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        int steps = Positions.StepsOf(this, x, _features), rows = Past?.Length ?? steps;
        if (_table is null || _table.Shape[0] < rows || _table.Type != x.DType)
            _table = Table(rows, x.DType);
        return Positions.Add(x, new(_table, 0), Past);
    }

    Leaf Table(int rows, DType type)
    {
        var table = new Leaf([rows, _features], type);
        if (type == DType.Float64)
            Fill(table.Value.As<double>());
        else
            Fill(table.Value.As<float>());
        return table;
    }

    void Fill<T>(Span<T> table) where T : unmanaged, INumber<T>
    {
        for (int i = 0; i < table.Length; i++)
        {
            int step = i / _features, column = i % _features;
            double angle = step * PortableMath.Exp(-Range * (column & ~1) / _features);
            table[i] = T.CreateTruncating((column & 1) == 0 ? PortableMath.Sin(angle) : PortableMath.Cos(angle));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => new CallWriter("SinusoidalPositions").Add(_features).ToString();
}
