using System.Runtime.CompilerServices;

namespace Hondo.Insights;

/// <summary>What the looked-at steps of a window showed of one layer's results.</summary>
sealed class LayerWatch(Call call, LayerKind kind)
{
    // Of a wide layer some rows all the same: fewer say too little of how often a unit fires.
    const int MostNumbers = 4096, LeastRows = 16;

    // Where the slope has fallen below 4 % of its largest value.
    const float NearEnd = 0.01f, NearOne = 0.98f;

    readonly bool[] _fired = new bool[call.Shape.Rank > 0 ? call.Shape[^1] : 1];
    long _flat, _numbers;
    int _looks;

    public string Layer { get; } = call.LayerPath!;

    public string Op { get; } = call.Name;

    public LayerKind Kind => kind;

    /// <summary>Results of each row: units of a layer, channels of a convolution.</summary>
    public int Units => _fired.Length;

    /// <summary>Rows looked at in this window.</summary>
    public int Rows { get; private set; }

    /// <summary>True for what the loss gets: an output may be as flat as it likes.</summary>
    public bool IsOutput { get; private set; }

    /// <summary>The root of the mean square in the first looked-at step.</summary>
    public double FirstScale { get; private set; } = double.NaN;

    /// <summary>The share of results where the activation is flat.</summary>
    public double FlatShare => _numbers == 0 ? 0 : (double)_flat / _numbers;

    /// <summary>Units that were 0 for every row of this window.</summary>
    public int Dead => _fired.Count(fired => !fired);

    public static LayerKind? KindOf(string op) => op switch
    {
        "Linear" or "Conv" => LayerKind.Sums,
        "Relu" or "ReluMaxPool" or "BatchNormRelu" => LayerKind.Rectified,
        "Sigmoid" => LayerKind.Sigmoid,
        "Tanh" => LayerKind.Tanh,
        _ => null,
    };

    public bool Fits(Call other) => other.Name == Op && other.LayerPath == Layer
        && (other.Shape.Rank > 0 ? other.Shape[^1] : 1) == Units;

    public void Restart()
    {
        (_flat, _numbers, Rows) = (0, 0, 0);
        _fired.AsSpan().Clear();
    }

    // Called too rarely to be optimized otherwise: a look would take ten times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Look(Call result, Node output)
    {
        ReadOnlySpan<float> values = result.Value.As<float>();
        IsOutput |= ReferenceEquals(result, output) || result.Value.Bytes == output.Value.Bytes;
        var sampling = new Sampling(values.Length / Units, Math.Max(LeastRows, MostNumbers / Units));
        double squares = 0;
        int seen = sampling.Count;
        for (int i = 0; i < seen; i++)
            squares += LookAt(values.Slice(sampling[i, _looks] * Units, Units));
        _looks++;
        if (double.IsNaN(FirstScale))
            FirstScale = Math.Sqrt(squares / Math.Max(1, (long)seen * Units));
        Rows += seen;
        _numbers += (long)seen * Units;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    double LookAt(ReadOnlySpan<float> row)
    {
        if (kind == LayerKind.Sums)
            return double.IsNaN(FirstScale) ? Squares(row) : 0;
        if (kind == LayerKind.Rectified)
            for (int i = 0; i < row.Length; i++)
                _fired[i] |= row[i] > 0;
        else
            _flat += kind == LayerKind.Sigmoid
                ? OutsideOf(NearEnd, 1 - NearEnd, row)
                : OutsideOf(-NearOne, NearOne, row);
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static double Squares(ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (float x in row)
            sum += (double)x * x;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int OutsideOf(float low, float high, ReadOnlySpan<float> row)
    {
        int outside = 0;
        foreach (float x in row)
            outside += x < low || x > high ? 1 : 0;
        return outside;
    }
}

/// <summary>What the results of a watched layer are.</summary>
enum LayerKind
{
    /// <summary>Sums of products: what enters an activation.</summary>
    Sums,

    /// <summary>0 wherever a unit does not fire.</summary>
    Rectified,

    /// <summary>Flat near 0 and 1.</summary>
    Sigmoid,

    /// <summary>Flat near −1 and 1.</summary>
    Tanh,
}
