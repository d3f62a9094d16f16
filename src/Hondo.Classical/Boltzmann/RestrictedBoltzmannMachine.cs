using System.Runtime.CompilerServices;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Classical;

/// <summary>
/// Restricted Boltzmann machine: visible and hidden units with the energy E(v, h) = −vᵀWh − b·v − c·h (+ ½|h|² of
/// linear hidden units), so that p(v, h) ∝ e^(−E). Given one side the units of the other are independent:
/// p(h = 1) = σ(vW + c) and p(v = 1) = σ(hWᵀ + b) (Smolensky 1986; Hinton 2002, "Training products of experts by
/// minimizing contrastive divergence").
/// </summary>
/// <param name="visible">Visible units, from 1.</param>
/// <param name="hidden">Hidden units, from 1.</param>
/// <param name="kind">What the hidden units are.</param>
public sealed class RestrictedBoltzmannMachine(int visible, int hidden, HiddenUnits kind = HiddenUnits.Binary)
{
    readonly float[] _weights = new float[checked(visible * hidden)];
    readonly float[] _visibleBias = new float[visible], _hiddenBias = new float[hidden];

    /// <summary>Visible units.</summary>
    public int Visible { get; } = visible >= 1 ? visible : throw new ArgumentOutOfRangeException(nameof(visible));

    /// <summary>Hidden units.</summary>
    public int Hidden { get; } = hidden >= 1 ? hidden : throw new ArgumentOutOfRangeException(nameof(hidden));

    /// <summary>What the hidden units are.</summary>
    public HiddenUnits Kind => kind;

    /// <summary>W, row-major.      [visible, hidden]</summary>
    public Span<float> Weights => _weights;

    /// <summary>b.      [visible]</summary>
    public Span<float> VisibleBias => _visibleBias;

    /// <summary>c.      [hidden]</summary>
    public Span<float> HiddenBias => _hiddenBias;

    /// <summary>Draws W from N(0, 0.01²) and sets the biases to 0 (Hinton 2012, "A practical guide", §8).</summary>
    /// <param name="seed">What W depends on.</param>
    /// <param name="layer">Which machine of a stack it is.</param>
    public void Initialize(ulong seed, int layer = 0)
    {
        var random = new Philox(seed, RandomStream.Of("classical.rbm.weights"), layer);
        for (int i = 0; i < _weights.Length; i++)
            _weights[i] = (float)(0.01 * random.Normal(i));
        Array.Clear(_visibleBias);
        Array.Clear(_hiddenBias);
    }

    /// <summary>What the hidden units expect: p(h = 1 | v), or vW + c of linear ones.      [rows, visible] → [rows,
    /// hidden]</summary>
    /// <param name="v">Rows of visible units, from 0 to 1.</param>
    public float[] HiddenOf(ReadOnlySpan<float> v)
    {
        var h = new float[RowsOf(v, Visible) * Hidden];
        Up(v, h);
        return h;
    }

    /// <summary>What the visible units expect: p(v = 1 | h).      [rows, hidden] → [rows, visible]</summary>
    /// <param name="h">Rows of hidden units.</param>
    public float[] VisibleOf(ReadOnlySpan<float> h)
    {
        var v = new float[RowsOf(h, Hidden) * Visible];
        Down(h, v);
        return v;
    }

    /// <summary>The mean over the rows of |v − p(v | p(h | v))|²: what is lost on the way up and down.</summary>
    public double ReconstructionError(ReadOnlySpan<float> v)
    {
        float[] back = VisibleOf(HiddenOf(v));
        double sum = 0;
        for (int i = 0; i < back.Length; i++)
            sum += (v[i] - back[i]) * (double)(v[i] - back[i]);
        return sum * Visible / back.Length;
    }

    /// <summary>
    /// F(v) = −ln Σₕ e^(−E(v, h)) = −b·v − Σⱼ ln(1 + e^xⱼ), or −b·v − Σⱼ ½xⱼ² of linear units, with x = vW + c: low for
    /// rows that the machine finds likely.
    /// </summary>
    /// <param name="v">One row of visible units.</param>
    public double FreeEnergy(ReadOnlySpan<float> v)
    {
        if (v.Length != Visible)
            throw new ArgumentException($"This machine has {Visible} visible units, but got {v.Length}.", nameof(v));
        double energy = 0;
        for (int i = 0; i < v.Length; i++)
            energy -= _visibleBias[i] * v[i];
        for (int j = 0; j < Hidden; j++)
        {
            double x = _hiddenBias[j];
            for (int i = 0; i < v.Length; i++)
                x += v[i] * _weights[i * Hidden + j];
            energy -= kind == HiddenUnits.Linear ? x * x / 2
                : Math.Max(x, 0) + PortableMath.Log(1 + PortableMath.Exp(-Math.Abs(x)));
        }
        return energy;
    }

    /// <inheritdoc/>
    public override string ToString() => $"RestrictedBoltzmannMachine({Visible}, {Hidden}, {kind})";

    internal void Up(ReadOnlySpan<float> v, Span<float> h)
    {
        int rows = v.Length / Visible;
        var from = new ReadOnlyMatrix<float>(v, rows, Visible);
        var weights = new ReadOnlyMatrix<float>(_weights, Visible, Hidden);
        ReadOnlyMatrix<float> bias = ReadOnlyMatrix<float>.Row(_hiddenBias, rows);
        if (kind == HiddenUnits.Linear)
            Gemm.Multiply(from, weights, bias, new Matrix<float>(h, rows, Hidden));
        else
            Gemm.Multiply(from, weights, bias, new Matrix<float>(h, rows, Hidden), new Logistic());
    }

    internal void Down(ReadOnlySpan<float> h, Span<float> v)
    {
        int rows = h.Length / Hidden;
        Gemm.Multiply(new ReadOnlyMatrix<float>(h, rows, Hidden),
            new ReadOnlyMatrix<float>(_weights, Visible, Hidden).Transposed,
            ReadOnlyMatrix<float>.Row(_visibleBias, rows), new Matrix<float>(v, rows, Visible), new Logistic());
    }

    internal static int RowsOf(ReadOnlySpan<float> values, int width) => values.Length > 0 && values.Length % width == 0
        ? values.Length / width
        : throw new ArgumentException($"{values.Length} numbers are no rows of {width} units.", nameof(values));

    readonly struct Logistic : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Apply<V>(V x) where V : struct, ILanes<V> => V.Sigmoid(x);
    }
}

/// <summary>What the hidden units of a Boltzmann machine are.</summary>
public enum HiddenUnits
{
    /// <summary>0 or 1: σ(vW + c) is the probability of 1.</summary>
    Binary,

    /// <summary>Numbers from N(vW + c, 1): for the code in the middle of an autoencoder.</summary>
    Linear,
}
