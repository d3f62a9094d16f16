namespace Hondo.Classical;

/// <summary>
/// The dual of the soft-margin machine, minimize ½ αᵀQα − Σα with 0 ≤ α ≤ C, y·α = 0 and Qᵢⱼ = yᵢyⱼk(xᵢ, xⱼ), by
/// steps of two variables: Platt 1998, "Sequential minimal optimization". The pair is chosen by second-order
/// information: Fan, Chen, Lin 2005, "Working set selection using second order information".
/// </summary>
/// <remarks>It keeps Fᵢ = Σ αⱼyⱼk(xᵢ, xⱼ) − yᵢ, so that a step is F += λ(kᵢ − kⱼ) and needs no signs.</remarks>
sealed class SequentialMinimalOptimization
{
    // A kernel that is no inner product may curve downwards between two rows.
    const double LeastCurvature = 1e-12;

    readonly KernelRows _kernel;
    readonly bool[] _isPositive;
    readonly double[] _f;
    readonly double _c;

    /// <summary>Solves.</summary>
    /// <param name="kernel">The rows of the kernel.</param>
    /// <param name="isPositive">y = 1, else −1.</param>
    /// <param name="c">C.</param>
    /// <param name="tolerance">How far the optimality conditions may be violated.</param>
    /// <param name="maxSteps">The most steps.</param>
    public SequentialMinimalOptimization(KernelRows kernel, bool[] isPositive, double c, double tolerance,
        long maxSteps)
    {
        (_kernel, _isPositive, _c) = (kernel, isPositive, c);
        Alpha = new double[isPositive.Length];
        _f = new double[isPositive.Length];
        for (int i = 0; i < _f.Length; i++)
            _f[i] = isPositive[i] ? -1 : 1;
        int up = Highest();
        for (; Steps < maxSteps; Steps++)
        {
            ReadOnlySpan<float> first = kernel[up];
            int low = Partner(up, first, out double violation);
            if (violation < tolerance)
                break;
            up = Step(up, low, first, kernel[low]);
        }
        Bias = -Offset();
    }

    /// <summary>α.</summary>
    public double[] Alpha { get; }

    /// <summary>b of f(x) = Σ αᵢyᵢk(xᵢ, x) + b.</summary>
    public double Bias { get; }

    /// <summary>Steps made.</summary>
    public long Steps { get; private set; }

    /// <summary>|w|² = Σ αᵢyᵢ(Fᵢ + yᵢ).</summary>
    public double SquaredNorm
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < Alpha.Length; i++)
                sum += Alpha[i] * (_isPositive[i] ? _f[i] + 1 : 1 - _f[i]);
            return sum;
        }
    }

    // α may move so that y·α grows, or falls.
    bool CanRise(int i) => _isPositive[i] ? Alpha[i] < _c : Alpha[i] > 0;

    bool CanFall(int i) => _isPositive[i] ? Alpha[i] > 0 : Alpha[i] < _c;

    int Highest()
    {
        int best = -1;
        for (int i = 0; i < _f.Length; i++)
            if (CanRise(i) && (best < 0 || _f[i] < _f[best]))
                best = i;
        return best;
    }

    // The partner whose step lowers the objective most, by (Fⱼ − Fᵢ)² over the curvature.
    int Partner(int up, ReadOnlySpan<float> row, out double violation)
    {
        double[] f = _f, diagonal = _kernel.Diagonal;
        double least = f[up], most = double.NegativeInfinity, best = double.NegativeInfinity, own = diagonal[up];
        int partner = -1;
        for (int j = 0; j < f.Length; j++)
        {
            double gap = f[j] - least;
            if (!CanFall(j))
                continue;
            most = Math.Max(most, gap);
            double gain = gap > 0 ? gap * gap / Math.Max(own + diagonal[j] - 2 * row[j], LeastCurvature) : 0;
            if (gain > best)
                (best, partner) = (gain, j);
        }
        violation = most;
        return partner;
    }

    int Step(int up, int low, ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double curvature = _kernel.Diagonal[up] + _kernel.Diagonal[low] - 2 * first[low];
        double length = (_f[low] - _f[up]) / Math.Max(curvature, LeastCurvature);
        double roomUp = _isPositive[up] ? _c - Alpha[up] : Alpha[up];
        double roomLow = _isPositive[low] ? Alpha[low] : _c - Alpha[low];
        length = Math.Min(length, Math.Min(roomUp, roomLow));
        Move(up, _isPositive[up] ? length : -length, length == roomUp);
        Move(low, _isPositive[low] ? -length : length, length == roomLow);
        double[] f = _f;
        int best = -1;
        double least = double.PositiveInfinity;
        for (int i = 0; i < f.Length; i++)
        {
            double value = f[i] + length * (first[i] - second[i]);
            f[i] = value;
            if (value < least && CanRise(i))
                (least, best) = (value, i);
        }
        return best;
    }

    // At a bound it is exactly that: rounding must not make a support vector of what is none.
    void Move(int i, double by, bool toBound) => Alpha[i] = !toBound ? Alpha[i] + by : by > 0 ? _c : 0;

    // The mean of F over the vectors on the margin; without any, the middle of what the others allow.
    double Offset()
    {
        double sum = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
        int free = 0;
        for (int i = 0; i < _f.Length; i++)
        {
            if (Alpha[i] > 0 && Alpha[i] < _c)
                (sum, free) = (sum + _f[i], free + 1);
            if (CanRise(i))
                least = Math.Min(least, _f[i]);
            if (CanFall(i))
                most = Math.Max(most, _f[i]);
        }
        return free > 0 ? sum / free : (least + most) / 2;
    }
}
