using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// The steps of a Neural Turing Machine (Graves et al. 2014, arXiv:1410.5401), without the weights' gradients, which
/// are products over all steps at once. Memory starts at 10⁻⁶ (Collier and Beel 2018, arXiv:1807.08518), heads at the
/// first place.
/// </summary>
static unsafe class Ntm
{
    const double Untouched = 1e-6;

    /// <summary>Numbers that a run leaves for the way back: first the controller's inputs [steps, batch, channels],
    /// gates [steps, batch, slots, hidden] and outputs [steps + 1, batch, hidden].</summary>
    public static long MemoNumbers<TCell>(NtmSizes sizes) where TCell : struct, ICell
    {
        long rows = (long)sizes.Batch * sizes.Steps, states = rows + sizes.Batch;
        return rows * (sizes.Channels + TCell.Slots * sizes.Hidden + sizes.Numbers + sizes.Rows
                + NtmRun<float>.Kept * (long)sizes.Heads * sizes.Rows)
            + states * ((TCell.HasMemory ? 2 : 1) * sizes.Hidden + sizes.Memory + (long)sizes.Heads * sizes.Rows);
    }

    /// <summary>Numbers of working memory for the way back, of which first come the gradients of the controller's sums
    /// [steps, batch, slots, hidden] and of the heads' numbers [steps, batch, numbers].</summary>
    public static long GradientNumbers<TCell>(NtmSizes sizes) where TCell : struct, ICell =>
        NtmGradients<float>.Count(sizes, TCell.Slots);

    /// <summary>Runs all steps.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="x">The inputs [batch, steps, features].</param>
    /// <param name="weights">The controller's weights [slots · hidden, channels].</param>
    /// <param name="bias">The controller's biases.</param>
    /// <param name="heads">The heads' weights [numbers, hidden].</param>
    /// <param name="headBias">The heads' biases.</param>
    /// <param name="memo">What the way back needs.</param>
    /// <param name="y">The results [batch, steps, hidden + read].</param>
    public static void Forward<TCell, T>(NtmSizes sizes, ReadOnlySpan<T> x, ReadOnlySpan<T> weights,
        ReadOnlySpan<T> bias, ReadOnlySpan<T> heads, ReadOnlySpan<T> headBias, Span<T> memo, Span<T> y)
        where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int slots = TCell.Slots * sizes.Hidden;
        PackedMatrix<T> controller = Packed<T>.Of(ref Packed<T>.Controller,
            new ReadOnlyMatrix<T>(weights, slots, sizes.Channels).Transposed);
        PackedMatrix<T> numbers = Packed<T>.Of(ref Packed<T>.Heads,
            new ReadOnlyMatrix<T>(heads, sizes.Numbers, sizes.Hidden).Transposed);
        fixed (T* pX = x, pBias = bias, pHeadBias = headBias, pMemo = memo, pY = y)
        {
            NtmRun<T> run = Lay<TCell, T>(sizes, pMemo, pY);
            Start(run);
            Workers.Run(run.Parts, new NtmForward<TCell, T>(run, pX, controller, pBias, numbers, pHeadBias));
        }
    }

    /// <summary>Runs all steps back.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="weights">The controller's weights.</param>
    /// <param name="heads">The heads' weights.</param>
    /// <param name="memo">What Forward left.</param>
    /// <param name="dy">The gradient of the results.</param>
    /// <param name="gradients">Working memory, whose beginning is the result.</param>
    /// <param name="dx">Gets the gradient of x, or is empty when nobody needs it.</param>
    /// <param name="adds">True adds to dx.</param>
    public static void Backward<TCell, T>(NtmSizes sizes, ReadOnlySpan<T> weights, ReadOnlySpan<T> heads,
        Span<T> memo, Span<T> dy, Span<T> gradients, Span<T> dx, bool adds)
        where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PackedMatrix<T> controller = Packed<T>.Of(ref Packed<T>.Controller,
            new(weights, TCell.Slots * sizes.Hidden, sizes.Channels));
        PackedMatrix<T> numbers = Packed<T>.Of(ref Packed<T>.Heads, new(heads, sizes.Numbers, sizes.Hidden));
        fixed (T* pMemo = memo, pDy = dy, pGradients = gradients, pDx = dx)
        {
            NtmRun<T> run = Lay<TCell, T>(sizes, pMemo, pDy);
            var d = new NtmGradients<T>(sizes, TCell.Slots, pGradients);
            Workers.Run(run.Parts, new NtmBackward<TCell, T>(run, d, controller, numbers, pDx, adds));
        }
    }

    /// <summary>The weights [steps + 1, batch, heads, rows] within the memo.</summary>
    public static ReadOnlySpan<T> Weights<T>(NtmSizes sizes, ReadOnlySpan<T> memo) where T : unmanaged =>
        memo[^(checked((sizes.Steps + 1) * sizes.Batch * sizes.Heads * sizes.Rows))..];

    /// <summary>The memories [steps + 1, batch, width, rows] within the memo.</summary>
    public static ReadOnlySpan<T> Memories<T>(NtmSizes sizes, ReadOnlySpan<T> memo) where T : unmanaged =>
        memo[..^Weights(sizes, memo).Length][^(checked((sizes.Steps + 1) * sizes.Batch * sizes.Memory))..];

    static NtmRun<T> Lay<TCell, T>(NtmSizes sizes, T* memo, T* y)
        where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint rows = (nint)sizes.Batch * sizes.Steps, states = rows + sizes.Batch;
        var run = new NtmRun<T> { Sizes = sizes, Inputs = memo };
        run.Cell = new()
        {
            Sizes = new(sizes.Batch, sizes.Steps, sizes.Hidden, false),
            Gates = run.Inputs + rows * sizes.Channels,
            Y = y,
            YStride = sizes.Steps * sizes.Results,
            YStep = sizes.Results,
            Parts = 1,
        };
        run.Cell.Outputs = run.Cell.Gates + rows * TCell.Slots * sizes.Hidden;
        run.Cell.Memories = TCell.HasMemory ? run.Cell.Outputs + states * sizes.Hidden : run.Cell.Outputs;
        run.Numbers = run.Cell.Memories + states * sizes.Hidden;
        run.Lengths = run.Numbers + rows * sizes.Numbers;
        run.Traces = run.Lengths + rows * sizes.Rows;
        run.Memory = run.Traces + rows * NtmRun<T>.Kept * sizes.Heads * sizes.Rows;
        run.Weights = run.Memory + states * sizes.Memory;
        return run;
    }

    static void Start<T>(NtmRun<T> run) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NtmSizes sizes = run.Sizes;
        new Span<T>(run.Cell.Outputs, sizes.Batch * sizes.Hidden).Clear();
        new Span<T>(run.Cell.Memories, sizes.Batch * sizes.Hidden).Clear();
        new Span<T>(run.Memory, sizes.Batch * sizes.Memory).Fill(T.CreateTruncating(Untouched));
        new Span<T>(run.Weights, sizes.Batch * sizes.Heads * sizes.Rows).Clear();
        for (int head = 0; head < sizes.Batch * sizes.Heads; head++)
            run.Weights[(nint)head * sizes.Rows] = T.One;
    }

    static class Packed<T> where T : unmanaged
    {
        [ThreadStatic]
        public static PackedMatrix<T>? Controller;

        [ThreadStatic]
        public static PackedMatrix<T>? Heads;

        public static PackedMatrix<T> Of(ref PackedMatrix<T>? kept, ReadOnlyMatrix<T> matrix)
        {
            if (kept is null)
                return kept = new(matrix);
            kept.Pack(matrix);
            return kept;
        }
    }
}

/// <summary>
/// The sizes of a Neural Turing Machine's run. The numbers that its controller gives its heads lie by kind: keys, adds
/// (both tanh), erases, gates (both sigmoid), strengths, sharpness (both softplus), shifts (softmax of three). Reading
/// heads come first.
/// </summary>
/// <param name="Batch">Sequences side by side.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Features">Numbers of the input at a step.</param>
/// <param name="Hidden">Units of the controller.</param>
/// <param name="Carried">Units that the controller sees of its last step: all of an LSTM's, none without recurrence.
/// </param>
/// <param name="Reads">Reading heads.</param>
/// <param name="Writes">Writing heads.</param>
/// <param name="Rows">Places of the memory, a multiple of 16.</param>
/// <param name="Width">Numbers of a place.</param>
readonly record struct NtmSizes(int Batch, int Steps, int Features, int Hidden, int Carried, int Reads,
    int Writes, int Rows, int Width)
{
    /// <summary>All heads.</summary>
    public int Heads => Reads + Writes;

    /// <summary>Numbers of the whole memory, [width, rows]: what a loop over places reads lies together.</summary>
    public int Memory => Rows * Width;

    /// <summary>What the controller sees at a step: input, what was read before, its own last output.</summary>
    public int Channels => Features + Reads * Width + Carried;

    /// <summary>What the machine gives at a step: the controller's output and what was read.</summary>
    public int Results => Hidden + Reads * Width;

    /// <summary>Numbers that the controller gives all heads.</summary>
    public int Numbers => Shifts + 3 * Heads;

    internal int Adds => Heads * Width;

    internal int Erases => Adds + Writes * Width;

    internal int Gates => Erases + Writes * Width;

    internal int Strengths => Gates + Heads;

    internal int Sharpness => Strengths + Heads;

    internal int Shifts => Sharpness + Heads;
}
