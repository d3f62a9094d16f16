using Hondo.Tensors;

namespace Hondo.Metrics;

/// <summary>The mean squared error Σ (ŷ − y)² / n.</summary>
public sealed class Mse() : MeanMetric("mean squared error", isHigherBetter: false)
{
    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(Mse), output, target);
        for (int i = 0; i < pairs.Count; i++)
            Count(pairs.Square(i));
    }
}

/// <summary>The root mean squared error √(Σ (ŷ − y)² / n): in the units of the target.</summary>
public sealed class Rmse : MeanMetric
{
    readonly int? _output;
    readonly string? _name;

    /// <summary>Over all numbers together.</summary>
    public Rmse() : base("root mean squared error", isHigherBetter: false)
    {
    }

    /// <summary>Of one of several outputs, in its own unit.</summary>
    /// <param name="output">Which one, from 0.</param>
    /// <param name="name">What it is called.</param>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public Rmse(int output, string name) : base($"{name} root mean squared error", isHigherBetter: false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        (_output, _name) = (output, name);
    }

    /// <inheritdoc/>
    public override double Value => Math.Sqrt(Mean);

    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(Rmse), output, target);
        int width = _output is null ? 1 : output.Shape[^1];
        if (_output >= width)
            throw new ShapeException($"{this} got outputs {output.Shape}: there is no output {_output} (counted from "
                + $"0).");
        for (int i = _output ?? 0; i < pairs.Count; i += width)
            Count(pairs.Square(i));
    }

    /// <inheritdoc/>
    public override string ToString() => _output is null ? "Rmse()"
        : new CallWriter("Rmse").Add(_output).Add(_name).ToString();
}

/// <summary>The mean absolute error Σ |ŷ − y| / n: in the units of the target.</summary>
public sealed class Mae() : MeanMetric("mean absolute error", isHigherBetter: false)
{
    /// <inheritdoc/>
    public override void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(Mae), output, target);
        for (int i = 0; i < pairs.Count; i++)
            Count(Math.Abs(pairs.Output(i) - pairs.Target(i)));
    }
}

/// <summary>
/// R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²: the share of the target's variance that the model explains. 1 is perfect, 0 is
/// no better than always saying the mean. With several outputs a row, all numbers are taken together.
/// </summary>
public sealed class RSquared : IMetric
{
    double _residual, _mean, _total;
    long _count;

    /// <inheritdoc/>
    public string Name => "R²";

    /// <inheritdoc/>
    public bool IsHigherBetter => true;

    /// <inheritdoc/>
    public double Value => _count == 0 ? double.NaN : 1 - (_residual / _total);

    /// <inheritdoc/>
    public void Add(Tensor output, Tensor target)
    {
        var pairs = new NumberPairs(nameof(RSquared), output, target);
        for (int i = 0; i < pairs.Count; i++)
        {
            double y = pairs.Target(i), residual = y - pairs.Output(i);
            _residual += residual * residual;
            // Welford 1962: the sum of squares minus the squared mean would lose all digits of a large mean.
            double before = y - _mean;
            _mean += before / ++_count;
            _total += before * (y - _mean);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Sums
    {
        get => [_residual, _mean, _total, _count];
        set => (_residual, _mean, _total, _count) = (value[0], value[1], value[2], (long)value[3]);
    }

    /// <inheritdoc/>
    public void Reset() => (_residual, _mean, _total, _count) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public override string ToString() => "RSquared()";
}

/// <summary>A batch of a regression: outputs and targets of one size, read as float64.</summary>
readonly ref struct NumberPairs
{
    readonly ReadOnlySpan<float> _outputs, _targets;
    readonly ReadOnlySpan<double> _wideOutputs, _wideTargets;

    public NumberPairs(string metric, Tensor output, Tensor target)
    {
        if (output.Shape != target.Shape)
            throw new ShapeException(
                $"{metric} got outputs {output.Shape} and targets {target.Shape}: they need one shape. "
                + "Reshape the targets to the outputs' shape.");
        if (output.DType == DType.Float64)
            _wideOutputs = output.Values<double>();
        else
            _outputs = output.Values<float>();
        if (target.DType == DType.Float64)
            _wideTargets = target.Values<double>();
        else
            _targets = target.Values<float>();
        Count = output.Size;
    }

    public int Count { get; }

    public double Output(int i) => _wideOutputs.IsEmpty ? _outputs[i] : _wideOutputs[i];

    public double Target(int i) => _wideTargets.IsEmpty ? _targets[i] : _wideTargets[i];

    /// <summary>(ŷ − y)² of a pair.</summary>
    public double Square(int i)
    {
        double away = Output(i) - Target(i);
        return away * away;
    }
}
