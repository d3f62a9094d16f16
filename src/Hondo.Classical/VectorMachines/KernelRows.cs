using Hondo.Kernels;

namespace Hondo.Classical;

/// <summary>
/// The rows of the matrix k(xᵢ, xⱼ), as float32: each is computed when it is first asked for (a fifth of all rows of
/// handwritten digits is), and gives way when there is no more room and it was used least recently.
/// </summary>
sealed class KernelRows
{
    readonly IKernel _kernel;
    readonly FeatureMatrix _x;
    readonly double[] _squaredNorms, _buffer;
    readonly float[][] _slots;
    readonly int[] _slotOf, _rowIn;
    readonly long[] _used;
    readonly PackedMatrix<double> _packed;
    long _clock;
    int _filled;

    /// <summary>The rows of some training rows' kernel.</summary>
    public KernelRows(IKernel kernel, FeatureMatrix x, long cacheBytes)
    {
        (_kernel, _x, _squaredNorms) = (kernel, x, x.SquaredNorms());
        int n = x.Rows, room = (int)Math.Clamp(cacheBytes / (sizeof(float) * (long)n), 2, n);
        Diagonal = new double[n];
        (_slotOf, _rowIn, _used, _slots) = (new int[n], new int[room], new long[room], new float[room][]);
        _slotOf.AsSpan().Fill(-1);
        _rowIn.AsSpan().Fill(-1);
        _buffer = new double[n];
        _packed = new(new ReadOnlyMatrix<double>(x.Values, n, x.Columns).Transposed);
        var one = new double[1];
        for (int i = 0; i < n; i++)
        {
            one[0] = _squaredNorms[i];
            kernel.Apply(one, _squaredNorms[i], _squaredNorms.AsSpan(i, 1));
            Diagonal[i] = one[0];
        }
    }

    /// <summary>k(xᵢ, xᵢ).</summary>
    public double[] Diagonal { get; }

    /// <summary>k(xᵢ, ·). The two rows asked for last are valid.</summary>
    public ReadOnlySpan<float> this[int row]
    {
        get
        {
            if (_slotOf[row] < 0)
                Load(row);
            _used[_slotOf[row]] = ++_clock;
            return _slots[_slotOf[row]];
        }
    }

    void Load(int row)
    {
        int slot = Slot();
        if (_rowIn[slot] >= 0)
            _slotOf[_rowIn[slot]] = -1;
        (_slotOf[row], _rowIn[slot]) = (slot, row);
        float[] into = _slots[slot] ??= new float[_x.Rows];
        Gemm.MultiplyPacked(new ReadOnlyMatrix<double>(_x[row], 1, _x.Columns), _packed,
            new Matrix<double>(_buffer, 1, _x.Rows));
        _kernel.Apply(_buffer, _squaredNorms[row], _squaredNorms);
        for (int j = 0; j < into.Length; j++)
            into[j] = (float)_buffer[j];
    }

    int Slot()
    {
        if (_filled < _slots.Length)
            return _filled++;
        int slot = 0;
        for (int s = 1; s < _used.Length; s++)
            if (_used[s] < _used[slot])
                slot = s;
        return slot;
    }
}
