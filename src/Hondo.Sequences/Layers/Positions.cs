using System.Numerics;
using Hondo.Initializers;
using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>What layers that add a row to each step share.</summary>
static class Positions
{
    /// <summary>How many steps the sequences have.</summary>
    /// <exception cref="ShapeException">They are not [batch, time, features].</exception>
    public static int StepsOf(Layer layer, Tensor x, int features) =>
        x.Shape is [_, var steps, var last] && last == features ? steps
            : throw new ShapeException($"{layer} needs sequences [batch, time, features {features}], but got "
                + $"{AxisNames.Describe(x.Shape)}. Put an Embedding before it, or change its features.");

    /// <summary>Adds the first rows of a table, or with a past the row of the next step.</summary>
    public static Tensor Add(Tensor x, Tensor table, KeyValueCache? past)
    {
        if (past is not null)
        {
            past.Add([]);
            return x + table.Embedding(past.Place);
        }
        return x + (table.Shape[0] == x.Shape[1] ? table : table.SliceAxis(0, ..x.Shape[1]));
    }
}

/// <summary>
/// Adds a learned row to each step, so that attention knows the order      y = x + W[0 .. steps]
/// [batch, steps, features] → the same, W [length, features]   (Gehring et al. 2017, arXiv:1705.03122)
/// </summary>
public sealed class LearnedPositions : Layer, IKeyValueCached
{
    readonly int _length, _features;

    /// <summary>Learned positions.</summary>
    /// <param name="length">The most steps of a sequence.</param>
    /// <param name="features">Features of a step.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public LearnedPositions(int length, int features)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (_length, _features) = (length, features);
        Weight = new([length, features], new Normal(deviation: 0.02));
    }

    /// <summary>The table, [length, features].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public KeyValueCache? Past { get; set; }

    /// <inheritdoc/>
    public KeyValueCache NewPast(int length) => new(Math.Min(length, _length), 0);

    /// <inheritdoc/>
    protected override Tensor Run(Tensor x)
    {
        int steps = Positions.StepsOf(this, x, _features);
        if (steps > _length)
            throw new ShapeException($"{this} knows {_length} positions, but got {steps} steps, "
                + $"{AxisNames.Describe(x.Shape)}. Cut sequences to {_length} steps, make it LearnedPositions({steps}, "
                + $"{_features}) and train it, or take SinusoidalPositions({_features}), which have no end.");
        return Positions.Add(x, Weight, Past);
    }

    /// <inheritdoc/>
    protected internal override void Parts(Parts parts) => parts.Add(Weight);

    /// <inheritdoc/>
    public override string ToString() =>
        new CallWriter("LearnedPositions").Add(_length).Add(_features).ToString();
}

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
