using Hondo.Kernels;

namespace Hondo.Classical;

/// <summary>The memory of a step of contrastive divergence, and its gradient.</summary>
sealed class ContrastiveWork(RestrictedBoltzmannMachine machine, int rows)
{
    readonly int _visible = machine.Visible, _hidden = machine.Hidden;

    public int Rows => rows;

    public float[] Data { get; } = new float[rows * machine.Visible];

    public float[] Fantasy { get; } = new float[rows * machine.Visible];

    public float[] Up { get; } = new float[rows * machine.Hidden];

    public float[] Chain { get; } = new float[rows * machine.Hidden];

    public float[] FantasyUp { get; } = new float[rows * machine.Hidden];

    public float[] Weights { get; } = new float[machine.Visible * machine.Hidden];

    public float[] WeightVelocity { get; } = new float[machine.Visible * machine.Hidden];

    public float[] VisibleBias { get; } = new float[machine.Visible];

    public float[] VisibleVelocity { get; } = new float[machine.Visible];

    public float[] HiddenBias { get; } = new float[machine.Hidden];

    public float[] HiddenVelocity { get; } = new float[machine.Hidden];

    // ⟨vhᵀ⟩ of the data less ⟨vhᵀ⟩ of the fantasies, each a mean over the rows.
    public void Gradient()
    {
        var into = new Matrix<float>(Weights, _visible, _hidden);
        Gemm.Multiply(new ReadOnlyMatrix<float>(Fantasy, rows, _visible).Transposed,
            new ReadOnlyMatrix<float>(FantasyUp, rows, _hidden), into);
        for (int i = 0; i < Weights.Length; i++)
            Weights[i] = -Weights[i];
        Gemm.MultiplyAdd(new ReadOnlyMatrix<float>(Data, rows, _visible).Transposed,
            new ReadOnlyMatrix<float>(Up, rows, _hidden), into);
        for (int i = 0; i < Weights.Length; i++)
            Weights[i] /= rows;
        Difference(Data, Fantasy, VisibleBias);
        Difference(Up, FantasyUp, HiddenBias);
    }

    // Of chains that do not start at the data the way up and down is gone anew.
    public double Error(RestrictedBoltzmannMachine machine, bool goesOn)
    {
        if (goesOn)
            machine.Down(Up, Fantasy);
        double sum = 0;
        for (int i = 0; i < Data.Length; i++)
            sum += (Data[i] - Fantasy[i]) * (double)(Data[i] - Fantasy[i]);
        return sum;
    }

    void Difference(float[] a, float[] b, float[] into)
    {
        Array.Clear(into);
        for (int i = 0; i < a.Length; i++)
            into[i % into.Length] += (a[i] - b[i]) / rows;
    }
}
