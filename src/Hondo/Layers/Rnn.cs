using Hondo.Kernels;

namespace Hondo.Layers;

/// <summary>
/// The simple recurrent network (Elman 1990)      h = tanh(W·x + U·h + b), or ReLU for tanh
/// [batch, time, inputs] → [batch, time, hidden · directions]
/// </summary>
public sealed class Rnn : Recurrent
{
    readonly RnnActivation _activation;

    /// <summary>Simple recurrent layers.</summary>
    /// <param name="inputs">Features of the input, or how many tokens there are.</param>
    /// <param name="hidden">Units of each layer and direction.</param>
    /// <param name="layers">Layers over each other.</param>
    /// <param name="activation">tanh or ReLU.</param>
    /// <param name="dropout">The probability of 0 between layers.</param>
    /// <param name="bidirectional">True also runs from the last step to the first; outputs lie side by side.</param>
    /// <param name="bias">False leaves biases out.</param>
    public Rnn(int inputs, int hidden, int layers = 1, RnnActivation activation = RnnActivation.Tanh,
        double dropout = 0, bool bidirectional = false, bool bias = true)
        : base("Rnn", activation == RnnActivation.Tanh ? new RecurrentCell<RnnTanhCell>()
            : new RecurrentCell<RnnReluCell>(), inputs, hidden, layers, dropout, bidirectional, bias) =>
        _activation = activation;

    /// <inheritdoc/>
    public override string ToString() => Call().Add("activation", _activation, RnnActivation.Tanh).ToString();
}
