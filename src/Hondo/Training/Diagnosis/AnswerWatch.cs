using System.Runtime.CompilerServices;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>Whether the model gives everything the same answer.</summary>
sealed class AnswerWatch
{
    const int MostRows = 256;

    /// <summary>Rows looked at in this window.</summary>
    public int Rows { get; private set; }

    /// <summary>The class that all of them got, or −1 when there were several.</summary>
    public int OnlyClass { get; private set; } = -1;

    public void Restart() => (Rows, OnlyClass) = (0, -1);

    // Called too rarely to be optimized otherwise: a look would take ten times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Look(Node output)
    {
        if (output.Type != DType.Float32 || output.Shape is not [_, > 1])
            return;
        ReadOnlySpan<float> scores = output.Value.As<float>();
        int width = output.Shape[^1], rows = Math.Min(MostRows, scores.Length / width);
        for (int row = 0; row < rows; row++, Rows++)
        {
            int answer = Largest(scores.Slice(row * width, width));
            OnlyClass = Rows == 0 || OnlyClass == answer ? answer : -1;
            if (OnlyClass < 0)
            {
                Rows += rows - row;
                return;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int k = 1; k < scores.Length; k++)
            if (scores[k] > scores[best])
                best = k;
        return best;
    }
}
