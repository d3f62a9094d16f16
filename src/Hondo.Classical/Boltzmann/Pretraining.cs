using Hondo.Data;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Classical;

/// <summary>
/// Layer by layer without labels: a stack of Boltzmann machines, each trained on what the one below expects, unrolled
/// to a deep network that is then fine-tuned by backpropagation (Hinton and Salakhutdinov 2006, "Reducing the
/// dimensionality of data with neural networks").
/// </summary>
/// <example><code>
/// IReadOnlyList&lt;RestrictedBoltzmannMachine&gt; stack = Pretraining.Stack(rows, 784, [500, 250, 30]);
/// Sequential autoencoder = Pretraining.Unroll(stack);                  // 784 → 30 → 784 logits
/// var trainer = new Trainer(autoencoder, new BinaryCrossEntropy(), new Adam(autoencoder.Parameters));
/// trainer.Fit(new(Pretraining.ToItself(train)));
/// </code></example>
public static class Pretraining
{
    /// <summary>Trains a stack; the uppermost machine has linear units, the code.</summary>
    /// <param name="rows">Rows of visible units, from 0 to 1.      [rows, visible]</param>
    /// <param name="visible">Numbers in a row.</param>
    /// <param name="hidden">Hidden units of each machine, the lowest first.</param>
    /// <param name="learning">How each learns; by default 10 epochs of CD-1.</param>
    /// <exception cref="ArgumentException">There are no machines, or the numbers are no rows from 0 to 1.</exception>
    public static IReadOnlyList<RestrictedBoltzmannMachine> Stack(float[] rows, int visible, IReadOnlyList<int> hidden,
        ContrastiveDivergence? learning = null)
    {
        if (hidden.Count == 0)
            throw new ArgumentException("A stack needs the hidden units of one machine or more.", nameof(hidden));
        learning ??= new();
        List<RestrictedBoltzmannMachine> stack = [];
        for (int layer = 0; layer < hidden.Count; layer++)
        {
            bool isCode = layer == hidden.Count - 1;
            var machine = new RestrictedBoltzmannMachine(visible, hidden[layer],
                isCode ? HiddenUnits.Linear : HiddenUnits.Binary);
            machine.Initialize(learning.Seed, layer);
            learning.Fit(machine, rows);
            stack.Add(machine);
            if (!isCode)
                (rows, visible) = (machine.HiddenOf(rows), machine.Hidden);
        }
        return stack;
    }

    /// <summary>The layers up to the code: Linear and Sigmoid in turn, with the machines' weights.      [.., visible] →
    /// [.., code]</summary>
    public static Sequential Encoder(IReadOnlyList<RestrictedBoltzmannMachine> stack) => new([.. Up(stack)]);

    /// <summary>
    /// The autoencoder: up to the code and down again by the same weights transposed, which are parameters of their own
    /// from now on. It gives logits: <see cref="Losses.BinaryCrossEntropy"/> is its loss, a sigmoid makes pixels.
    /// [.., visible] → [.., visible]
    /// </summary>
    public static Sequential Unroll(IReadOnlyList<RestrictedBoltzmannMachine> stack)
    {
        List<Layer> layers = [.. Up(stack)];
        for (int i = stack.Count - 1; i >= 0; i--)
        {
            RestrictedBoltzmannMachine machine = stack[i];
            layers.Add(Filled(machine.Hidden, machine.Visible, machine.Weights, machine.VisibleBias));
            if (i > 0)
                layers.Add(new Sigmoid());
        }
        return new([.. layers]);
    }

    /// <summary>The samples with themselves as targets, each flattened: what an autoencoder is trained on.</summary>
    public static Dataset ToItself(Dataset data)
    {
        float[] rows = RowsOf(data);
        int width = data.Sample.Size;
        return new($"{data.Name} to itself", new FloatFeatures(rows, [width]),
            new RegressionTargets(rows, [.. Enumerable.Range(0, width).Select(i => $"x{i}")]));
    }

    /// <summary>All samples, each flattened.      [samples, width]</summary>
    public static float[] RowsOf(Dataset data)
    {
        var rows = new float[data.Count * data.Sample.Size];
        for (int i = 0; i < data.Count; i++)
            data.CopySample(i, rows.AsSpan(i * data.Sample.Size, data.Sample.Size));
        return rows;
    }

    /// <summary>The mean over the rows of |x − σ(autoencoder(x))|²: compare it with
    /// <see cref="Pca.ReconstructionError"/>.</summary>
    /// <param name="autoencoder">A network that gives logits of its inputs.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="width">Numbers in a row.</param>
    public static double ReconstructionError(Layer autoencoder, ReadOnlySpan<float> rows, int width)
    {
        const int Block = 500;
        int count = RestrictedBoltzmannMachine.RowsOf(rows, width);
        var sigmoid = new Sigmoid();
        double sum = 0;
        for (int first = 0; first < count; first += Block)
        {
            int some = Math.Min(Block, count - first);
            float[] x = rows.Slice(first * width, some * width).ToArray();
            float[] back = sigmoid.Forward(autoencoder.Forward(Tensor.Of(x, [some, width]))).ToArray<float>();
            for (int i = 0; i < x.Length; i++)
                sum += (x[i] - back[i]) * (double)(x[i] - back[i]);
        }
        return sum / count;
    }

    static IEnumerable<Layer> Up(IReadOnlyList<RestrictedBoltzmannMachine> stack)
    {
        foreach (RestrictedBoltzmannMachine machine in stack)
        {
            // [visible, hidden] becomes a linear layer's [outputs, inputs].
            var weights = new float[machine.Weights.Length];
            for (int i = 0; i < machine.Visible; i++)
                for (int j = 0; j < machine.Hidden; j++)
                    weights[j * machine.Visible + i] = machine.Weights[i * machine.Hidden + j];
            yield return Filled(machine.Visible, machine.Hidden, weights, machine.HiddenBias);
            if (machine.Kind == HiddenUnits.Binary)
                yield return new Sigmoid();
        }
    }

    static Linear Filled(int inputs, int outputs, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        var linear = new Linear(inputs, outputs);
        linear.Weight.Set(Tensor.Of(weights.ToArray(), [outputs, inputs]));
        linear.Bias!.Set(Tensor.Of(bias.ToArray()));
        return linear;
    }
}
