using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Classical.Tests.Boltzmann;

public sealed class BoltzmannTests
{
    // All rows and columns of a 2×2 picture.
    static readonly float[] Bars = [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1];

    static float[] Picture(int number) => [.. Enumerable.Range(0, 4).Select(i => (float)(number >> i & 1))];

    // ln p of the training rows, by the sum over all 16 pictures.
    static double LogLikelihood(RestrictedBoltzmannMachine machine)
    {
        double partition = Enumerable.Range(0, 16).Sum(number => Math.Exp(-machine.FreeEnergy(Picture(number))));
        return Enumerable.Range(0, 6).Average(row => -machine.FreeEnergy(Bars.AsSpan(row * 4, 4))
            - Math.Log(partition));
    }

    [Theory]
    [InlineData(1, false, 0.05, -2.1)]
    [InlineData(5, false, 0.05, -2)]
    [InlineData(5, true, 0.2, -1.9)]
    public void Learned_rows_become_likely(int steps, bool isPersistent, double rate, double least)
    {
        var machine = new RestrictedBoltzmannMachine(4, 6);
        machine.Initialize(1);
        double before = LogLikelihood(machine);
        new ContrastiveDivergence
        {
            Steps = steps, IsPersistent = isPersistent, Epochs = 5000, BatchSize = 120, LearningRate = rate,
            Momentum = 0, WeightDecay = 0,
        }.Fit(machine, [.. Enumerable.Repeat(Bars, 20).SelectMany(row => row)]);
        Assert.Equal(-Math.Log(16), before, 0.05);
        // −ln 6 = −1.79 would be perfect.
        Assert.InRange(LogLikelihood(machine), least, -Math.Log(6));
    }

    [Fact]
    public void The_free_energy_is_that_of_all_hidden_states_together()
    {
        var machine = new RestrictedBoltzmannMachine(4, 3);
        machine.Initialize(5);
        for (int i = 0; i < 12; i++)
            machine.Weights[i] *= 80;
        machine.HiddenBias[1] = 0.7f;
        machine.VisibleBias[2] = -0.4f;
        float[] v = [1, 0, 1, 1];
        double sum = 0;
        for (int state = 0; state < 8; state++)
        {
            double energy = 0;
            for (int i = 0; i < 4; i++)
                energy -= machine.VisibleBias[i] * v[i];
            for (int j = 0; j < 3; j++)
                if ((state >> j & 1) == 1)
                {
                    energy -= machine.HiddenBias[j];
                    for (int i = 0; i < 4; i++)
                        energy -= v[i] * machine.Weights[i * 3 + j];
                }
            sum += Math.Exp(-energy);
        }
        Assert.Equal(-Math.Log(sum), machine.FreeEnergy(v), 1e-5);
    }

    [Fact]
    public void Unrolled_a_stack_computes_what_its_machines_do()
    {
        float[] rows = Pretraining.RowsOf(Datasets.Digits().Test!.Take(50));
        IReadOnlyList<RestrictedBoltzmannMachine> stack = Pretraining.Stack(rows, 784, [40, 8], new() { Epochs = 2 });
        float[] code = stack[1].HiddenOf(stack[0].HiddenOf(rows));
        float[] back = stack[0].VisibleOf(stack[1].VisibleOf(code));
        Tensor x = Tensor.Of(rows, [50, 784]);
        Assert.Equal(code, Pretraining.Encoder(stack).Forward(x).ToArray<float>(), Near(1e-5f));
        Assert.Equal(back, new Sigmoid().Forward(Pretraining.Unroll(stack).Forward(x)).ToArray<float>(), Near(1e-5f));
    }

    // The short form of examples/pretraining.cs.
    [Fact]
    public void A_stack_that_is_fine_tuned_loses_less_than_principal_components()
    {
        Dataset train = Datasets.Digits().Train.Take(1500), test = Datasets.Digits().Test!;
        const int Code = 8;
        IReadOnlyList<RestrictedBoltzmannMachine> stack = Pretraining.Stack(Pretraining.RowsOf(train), 784, [100, Code],
            new() { Epochs = 8 });
        Sequential autoencoder = Pretraining.Unroll(stack);
        float[] unseen = Pretraining.RowsOf(test);
        double before = Pretraining.ReconstructionError(autoencoder, unseen, 784);
        new Trainer(autoencoder, new BinaryCrossEntropy(), new Adam(autoencoder.Parameters, 0.002))
        {
            Epochs = 20, BatchSize = 50, Metrics = [],
        }.Fit(new DataSplits(Pretraining.ToItself(train)));
        double tuned = Pretraining.ReconstructionError(autoencoder, unseen, 784);
        double linear = Pca.Fit(FeatureMatrix.Of(train), Code).ReconstructionError(FeatureMatrix.Of(test));
        Assert.True(tuned < before && tuned < linear, $"stacked {before}, tuned {tuned}, PCA {linear}");
    }

    [Fact]
    public void Threads_change_no_bit_and_the_error_falls()
    {
        float[] rows = Pretraining.RowsOf(Datasets.Digits().Train.Take(300));
        IReadOnlyList<double> errors = [];
        (float[] one, float[] four) = Threads.Both(() =>
        {
            var machine = new RestrictedBoltzmannMachine(784, 30);
            machine.Initialize(3);
            errors = new ContrastiveDivergence { Epochs = 4, BatchSize = 50 }.Fit(machine, rows);
            return machine.Weights.ToArray();
        });
        Assert.Equal(one, four);
        Assert.True(errors[^1] < 0.7 * errors[0], string.Join(" ", errors));
    }

    [Fact]
    public void Rows_beyond_0_to_1_are_refused() => Assert.Contains("from 0 to 1", Assert.Throws<ArgumentException>(
        () => new ContrastiveDivergence().Fit(new(2, 2), [0.5f, 3])).Message, StringComparison.Ordinal);

    static Comparer Near(float tolerance) => new(tolerance);

    sealed class Comparer(float tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(float value) => 0;
    }
}
