using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Classical;

/// <summary>
/// Contrastive divergence: W ← W + α(⟨vhᵀ⟩ of the data − ⟨vhᵀ⟩ after k steps of Gibbs sampling) (Hinton 2002), with
/// momentum and L2. The chains start at the data, or, persistent, where they ended in the step before (Tieleman 2008,
/// "Training restricted Boltzmann machines using approximations to the likelihood gradient").
/// </summary>
public sealed class ContrastiveDivergence
{
    const int Chunk = 4096;

    /// <summary>k, steps of Gibbs sampling, from 1.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>True for chains that go on from step to step.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>How often the rows are gone through.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Rows a step, and chains.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>α; null for 0.1, of linear units 0.002.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The share of the last change that is kept; 0.5 in the first half of the epochs at most.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>λ: W loses αλW a step.</summary>
    public double WeightDecay { get; init; } = 2e-4;

    /// <summary>What order and samples depend on.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Trains a machine.</summary>
    /// <param name="machine">The machine, with weights to start from.</param>
    /// <param name="rows">Rows of visible units, from 0 to 1.      [rows, visible]</param>
    /// <returns>The mean reconstruction error |v − v′|² of each epoch.</returns>
    /// <exception cref="ArgumentException">The numbers are no rows, or one is not from 0 to 1.</exception>
    public IReadOnlyList<double> Fit(RestrictedBoltzmannMachine machine, ReadOnlySpan<float> rows)
    {
        int count = RestrictedBoltzmannMachine.RowsOf(rows, machine.Visible), visible = machine.Visible;
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        foreach (float value in rows)
            if (value is not (>= 0 and <= 1))
                throw new ArgumentException($"Visible units go from 0 to 1, but one is {value}. Divide pixels by 255, "
                    + "or scale the columns.", nameof(rows));
        var order = new int[count];
        var work = new ContrastiveWork(machine, Math.Min(BatchSize, count));
        var errors = new List<double>();
        long step = 0;
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            Shuffling.Fill(order, new(Seed, RandomStream.Of("classical.rbm.order"), epoch));
            double error = 0;
            int batches = count / work.Rows;
            for (int batch = 0; batch < batches; batch++, step++)
            {
                for (int i = 0; i < work.Rows; i++)
                    rows.Slice(order[batch * work.Rows + i] * visible, visible).CopyTo(work.Data.AsSpan(i * visible));
                error += Update(machine, work, step, epoch * 2 < Epochs ? Math.Min(0.5, Momentum) : Momentum);
            }
            errors.Add(error / (batches * work.Rows));
        }
        return errors;
    }

    double Update(RestrictedBoltzmannMachine machine, ContrastiveWork work, long step, double momentum)
    {
        machine.Up(work.Data, work.Up);
        bool goesOn = IsPersistent && step > 0;
        if (!goesOn)
            Sample(machine.Kind, work.Up, work.Chain, step, 0);
        for (int k = 1; k <= Steps; k++)
        {
            machine.Down(work.Chain, work.Fantasy);
            // The last step of chains that end is an expectation: less noise in the gradient (Hinton 2012, §3).
            bool isSampled = k < Steps || IsPersistent;
            if (isSampled)
                Sample(HiddenUnits.Binary, work.Fantasy, work.Fantasy, step, -k);
            machine.Up(work.Fantasy, work.FantasyUp);
            if (isSampled)
                Sample(machine.Kind, work.FantasyUp, work.Chain, step, k);
        }
        double rate = LearningRate ?? (machine.Kind == HiddenUnits.Linear ? 0.002 : 0.1);
        work.Gradient();
        Move(machine.Weights, work.Weights, work.WeightVelocity, rate, momentum, WeightDecay);
        Move(machine.VisibleBias, work.VisibleBias, work.VisibleVelocity, rate, momentum, 0);
        Move(machine.HiddenBias, work.HiddenBias, work.HiddenVelocity, rate, momentum, 0);
        return work.Error(machine, goesOn);
    }

    static void Move(Span<float> values, float[] gradient, float[] velocity, double rate, double momentum,
        double decay)
    {
        (float a, float m, float d) = ((float)rate, (float)momentum, (float)decay);
        for (int i = 0; i < gradient.Length; i++)
        {
            velocity[i] = m * velocity[i] + a * (gradient[i] - d * values[i]);
            values[i] += velocity[i];
        }
    }

    void Sample(HiddenUnits kind, float[] expected, float[] sampled, long step, int k) =>
        Workers.Run((expected.Length + Chunk - 1) / Chunk, new Sampling(new(Seed,
            RandomStream.Of("classical.rbm.sample") + (ulong)(long)k, step), kind, expected, sampled));

    readonly struct Sampling(Philox random, HiddenUnits kind, float[] expected, float[] sampled) : IJob
    {
        public void Run(int part)
        {
            int end = Math.Min(expected.Length, (part + 1) * Chunk);
            if (kind == HiddenUnits.Linear)
                for (int i = part * Chunk; i < end; i++)
                    sampled[i] = expected[i] + (float)random.Normal(i);
            else
                for (int i = part * Chunk; i < end; i += 4)
                {
                    (uint a, uint b, uint c, uint d) = random.Words((ulong)i / 4);
                    Draw(i, a, end);
                    Draw(i + 1, b, end);
                    Draw(i + 2, c, end);
                    Draw(i + 3, d, end);
                }
        }

        void Draw(int i, uint bits, int end)
        {
            if (i < end)
                sampled[i] = bits * (1.0 / (1L << 32)) < expected[i] ? 1 : 0;
        }
    }
}
