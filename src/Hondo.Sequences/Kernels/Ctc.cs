using System.Numerics;

namespace Hondo.Kernels;

/// <summary>
/// Connectionist temporal classification of one batch (Graves et al. 2006): the probability of a label sequence, summed
/// over all ways to stretch it over the steps with blanks between. In logarithms and float64, one sequence a part.
/// </summary>
static unsafe class Ctc
{
    /// <summary>Numbers that Forward leaves for one step of one sequence.</summary>
    public static int States(int mostLabels) => 2 * mostLabels + 1;

    /// <summary>ln p of each sequence's labels; −∞ when no alignment fits.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="x">Log-probabilities [batch, time, classes].</param>
    /// <param name="labels">[batch, most labels].</param>
    /// <param name="times">Steps of each sequence.</param>
    /// <param name="counts">Labels of each sequence.</param>
    /// <param name="alphas">[batch, time, states], for the way back.</param>
    /// <param name="logs">[batch]: the result.</param>
    public static void Forward<T>(CtcSizes sizes, ReadOnlySpan<T> x, ReadOnlySpan<int> labels, ReadOnlySpan<int> times,
        ReadOnlySpan<int> counts, Span<double> alphas, Span<double> logs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pX = x)
        fixed (int* pLabels = labels, pTimes = times, pCounts = counts)
        fixed (double* pAlphas = alphas, pLogs = logs)
            Workers.Run(sizes.Batch, new ForwardJob<T>(sizes, pX, pLabels, pTimes, pCounts, pAlphas, pLogs));
    }

    /// <summary>Adds −share · P(class at step | labels) to the gradient of the log-probabilities.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="x">Log-probabilities.</param>
    /// <param name="labels">[batch, most labels].</param>
    /// <param name="times">Steps of each sequence.</param>
    /// <param name="counts">Labels of each sequence.</param>
    /// <param name="alphas">What Forward left.</param>
    /// <param name="logs">What Forward gave.</param>
    /// <param name="shares">[batch]: the gradient of each sequence's −ln p.</param>
    /// <param name="dx">[batch, time, classes], added to.</param>
    public static void Backward<T>(CtcSizes sizes, ReadOnlySpan<T> x, ReadOnlySpan<int> labels,
        ReadOnlySpan<int> times, ReadOnlySpan<int> counts, ReadOnlySpan<double> alphas, ReadOnlySpan<double> logs,
        ReadOnlySpan<double> shares, Span<T> dx) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* pX = x, pDx = dx)
        fixed (int* pLabels = labels, pTimes = times, pCounts = counts)
        fixed (double* pAlphas = alphas, pLogs = logs, pShares = shares)
            Workers.Run(sizes.Batch, new BackwardJob<T>(sizes, pX, pLabels, pTimes, pCounts, pAlphas, pLogs, pShares,
                pDx));
    }

    readonly struct ForwardJob<T>(CtcSizes sizes, T* x, int* labels, int* times, int* counts, double* alphas,
        double* logs) : IJob where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part)
        {
            var path = new Path<T>(sizes, part, x, labels, times, counts);
            int states = path.States;
            double* alpha = alphas + (nint)part * sizes.Time * States(sizes.Labels);
            if (path.Steps == 0)
            {
                logs[part] = states == 1 ? 0 : double.NegativeInfinity;
                return;
            }
            new Span<double>(alpha, states).Fill(double.NegativeInfinity);
            for (int state = 0; state < Math.Min(2, states); state++)
                alpha[state] = path.Log(0, state);
            for (int step = 1; step < path.Steps; step++, alpha += states)
                for (int state = 0; state < states; state++)
                    alpha[states + state] = path.Log(step, state) + Sum(alpha[state],
                        state > 0 ? alpha[state - 1] : double.NegativeInfinity,
                        path.Skips(state) ? alpha[state - 2] : double.NegativeInfinity);
            logs[part] = Sum(alpha[states - 1], states > 1 ? alpha[states - 2] : double.NegativeInfinity,
                double.NegativeInfinity);
        }
    }

    readonly struct BackwardJob<T>(CtcSizes sizes, T* x, int* labels, int* times, int* counts, double* alphas,
        double* logs, double* shares, T* dx) : IJob where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run(int part)
        {
            var path = new Path<T>(sizes, part, x, labels, times, counts);
            int states = path.States;
            if (path.Steps == 0 || double.IsNegativeInfinity(logs[part]))
                return;
            double* alpha = alphas + (nint)part * sizes.Time * States(sizes.Labels) + (nint)(path.Steps - 1) * states;
            double* beta = Scratch.Own<double>(2 * states), next = beta + states;
            new Span<double>(beta, states).Fill(double.NegativeInfinity);
            beta[states - 1] = 0;
            if (states > 1)
                beta[states - 2] = 0;
            for (int step = path.Steps - 1; step >= 0; step--, alpha -= states)
            {
                T* into = dx + ((nint)part * sizes.Time + step) * sizes.Classes;
                for (int state = 0; state < states; state++)
                    into[path.Class(state)] -= T.CreateTruncating(
                        shares[part] * PortableMath.Exp(alpha[state] + beta[state] - logs[part]));
                if (step == 0)
                    return;
                for (int state = 0; state < states; state++)
                    next[state] = beta[state] + path.Log(step, state);
                for (int state = 0; state < states; state++)
                    beta[state] = Sum(next[state], state + 1 < states ? next[state + 1] : double.NegativeInfinity,
                        state + 2 < states && path.Skips(state + 2) ? next[state + 2] : double.NegativeInfinity);
            }
        }
    }

    // The labels with a blank before, between and behind them: the states that an alignment goes through.
    readonly struct Path<T>(CtcSizes sizes, int row, T* x, int* labels, int* times, int* counts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly T* _x = x + (nint)row * sizes.Time * sizes.Classes;
        readonly int* _labels = labels + (nint)row * sizes.Labels;

        public int Steps { get; } = times[row];

        public int States { get; } = 2 * counts[row] + 1;

        public int Class(int state) => state % 2 == 0 ? sizes.Blank : _labels[state / 2];

        public double Log(int step, int state) =>
            double.CreateTruncating(_x[(nint)step * sizes.Classes + Class(state)]);

        // A blank may be left out between two labels that differ.
        public bool Skips(int state) => state % 2 == 1 && state >= 3 && _labels[state / 2] != _labels[state / 2 - 1];
    }

    static double Sum(double a, double b, double c)
    {
        double most = Math.Max(a, Math.Max(b, c));
        if (double.IsNegativeInfinity(most))
            return most;
        // Hondo's own functions, whose bits are the same on every machine.
        return most + PortableMath.Log(PortableMath.Exp(a - most) + PortableMath.Exp(b - most)
            + PortableMath.Exp(c - most));
    }
}

/// <summary>The sizes of a batch that connectionist temporal classification aligns.</summary>
/// <param name="Batch">Sequences.</param>
/// <param name="Time">Steps of the longest.</param>
/// <param name="Classes">Classes, the blank among them.</param>
/// <param name="Labels">Labels of the sequence with most of them.</param>
/// <param name="Blank">The class that says nothing.</param>
readonly record struct CtcSizes(int Batch, int Time, int Classes, int Labels, int Blank);
