using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The root mean squared error √(Σ (ŷ − y)² / n): in the units of the target.</summary>
public sealed class Rmse : IMetric
{
    readonly int? _output;
    readonly string? _name;
    double _sum;
    long _count;

    /// <summary>Over all numbers together.</summary>
    public Rmse()
    { }

    /// <summary>Of one of several outputs, in its own unit.</summary>
    /// <param name="output">Which one, from 0.</param>
    /// <param name="name">What it is called.</param>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public Rmse(int output, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        (_output, _name) = (output, name);
    }

    /// <inheritdoc/>
    public string Name => _name is null ? "root mean squared error" : $"{_name} root mean squared error";

    /// <inheritdoc/>
    public bool IsHigherBetter => false;

    /// <inheritdoc/>
    public double Value => Math.Sqrt(_sum / _count);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(Rmse), output, target);
        int width = _output is null ? 1 : output.Shape[^1];
        if (_output >= width)
            throw new ShapeException($"{this} got outputs {output.Shape}: there is no output {_output} (counted from "
                + $"0).");
        for (int i = _output ?? 0; i < pairs.Count; i += width)
        {
            _sum += Square(pairs.Output(i) - pairs.Target(i));
            _count++;
        }
    }

    static double Square(double x) => x * x;

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_sum, _count];
        set => (_sum, _count) = (value[0], (long)value[1]);
    }

    /// <inheritdoc/>
    public void Reset() => (_sum, _count) = (0, 0);

    /// <inheritdoc/>
    public override string ToString() => _output is null ? "Rmse()"
        : new CallWriter("Rmse").Add(_output).Add(_name).ToString();
}
