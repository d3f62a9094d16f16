using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// The steps of a recurrent layer in one direction, without its products over all steps at once, which are
/// <see cref="Gemm"/>'s. The recurrent weights are packed once for a sequence.
/// </summary>
static unsafe class Recurrence
{
    /// <summary>Runs the steps.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="weights">Recurrent weights [state gates · hidden, hidden].</param>
    /// <param name="mask">[batch, time]: 0 where the state stays and the output is 0; or empty.</param>
    /// <param name="gates">[steps, batch, slots, hidden]: what the input sends, with biases; becomes the gates.</param>
    /// <param name="outputs">[steps + 1, batch, hidden]; the first is given.</param>
    /// <param name="memories">Likewise, or empty for cells without memory.</param>
    /// <param name="y">The outputs by sequence, [batch, steps or more, hidden].</param>
    public static void Forward<TCell, T>(SequenceSizes sizes, ReadOnlySpan<T> weights, ReadOnlySpan<int> mask,
        Span<T> gates, Span<T> outputs, Span<T> memories, Span<T> y)
        where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sizes.Batch == 0)
            return;
        int rows = TCell.StateGates * sizes.Hidden;
        bool isOneRow = sizes is { Batch: 1, Steps: 1 };
        if (isOneRow)
            Gemm.MultiplyAdd(new ReadOnlyMatrix<T>(outputs, 1, sizes.Hidden),
                new ReadOnlyMatrix<T>(weights, rows, sizes.Hidden).Transposed, new Matrix<T>(gates, 1, rows));
        PackedMatrix<T>? packed = isOneRow ? null
            : Packed<T>.Of(new ReadOnlyMatrix<T>(weights, rows, sizes.Hidden).Transposed);
        fixed (T* pGates = gates, pOutputs = outputs, pMemories = memories, pY = y)
        fixed (int* pMask = mask)
        {
            CellRun<T> run = Run(sizes, pGates, pOutputs, pMemories, pY, y.Length, pMask, mask.Length);
            Workers.Run(run.Parts, new CellForward<TCell, T>(run, packed));
        }
    }

    /// <summary>Runs the steps back.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="weights">Recurrent weights [state gates · hidden, hidden].</param>
    /// <param name="mask">As in Forward.</param>
    /// <param name="gates">What Forward left.</param>
    /// <param name="outputs">What Forward left.</param>
    /// <param name="memories">What Forward left.</param>
    /// <param name="dy">The gradient of y.</param>
    /// <param name="dGates">The gradient of the sums, like gates.</param>
    /// <param name="dOutput">[batch, hidden]: the gradient of the last output becomes that of the first.</param>
    /// <param name="dMemory">Likewise, of the memory.</param>
    public static void Backward<TCell, T>(SequenceSizes sizes, ReadOnlySpan<T> weights, ReadOnlySpan<int> mask,
        ReadOnlySpan<T> gates, ReadOnlySpan<T> outputs, ReadOnlySpan<T> memories, ReadOnlySpan<T> dy,
        Span<T> dGates, Span<T> dOutput, Span<T> dMemory)
        where TCell : struct, ICell where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sizes.Batch == 0)
            return;
        PackedMatrix<T> packed = Packed<T>.Of(new(weights, TCell.StateGates * sizes.Hidden, sizes.Hidden));
        fixed (T* pGates = gates, pOutputs = outputs, pMemories = memories, pDy = dy)
        fixed (T* pDGates = dGates, pDOutput = dOutput, pDMemory = dMemory)
        fixed (int* pMask = mask)
        {
            CellRun<T> run = Run(sizes, pGates, pOutputs, pMemories, pDy, dy.Length, pMask, mask.Length);
            Workers.Run(run.Parts, new CellBackward<TCell, T>(run, packed, pDGates, pDOutput, pDMemory));
        }
    }

    static CellRun<T> Run<T>(SequenceSizes sizes, T* gates, T* outputs, T* memories, T* y, int yLength, int* mask,
        int maskLength) where T : unmanaged
    {
        var run = new CellRun<T>
        {
            Sizes = sizes,
            Gates = gates,
            Outputs = outputs,
            Memories = memories,
            Y = y,
            YStride = yLength / sizes.Batch,
            YStep = sizes.Hidden,
            Mask = mask,
            MaskStride = maskLength / sizes.Batch,
        };
        run.Divide();
        return run;
    }

    static class Packed<T> where T : unmanaged
    {
        [ThreadStatic]
        static PackedMatrix<T>? _matrix;

        public static PackedMatrix<T> Of(ReadOnlyMatrix<T> matrix)
        {
            if (_matrix is null)
                return _matrix = new(matrix);
            _matrix.Pack(matrix);
            return _matrix;
        }
    }
}

/// <summary>The sizes of one recurrent layer's run in one direction.</summary>
/// <param name="Batch">Sequences side by side.</param>
/// <param name="Steps">Time steps.</param>
/// <param name="Hidden">Units.</param>
/// <param name="IsReversed">True runs from the last step to the first.</param>
readonly record struct SequenceSizes(int Batch, int Steps, int Hidden, bool IsReversed)
{
    /// <summary>Numbers of one state of all sequences.</summary>
    public int State => Batch * Hidden;

    /// <summary>The place in time of the step that runs as number <paramref name="step"/>.</summary>
    public int Time(int step) => IsReversed ? Steps - 1 - step : step;
}
