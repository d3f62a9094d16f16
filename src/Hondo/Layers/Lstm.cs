using Hondo.Kernels;

namespace Hondo.Layers;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997)      i, f, o = σ(W·x + U·h + b), g = tanh(W·x + U·h + b),
/// c = f·c + i·g, h = o·tanh(c)      [batch, time, inputs] → [batch, time, hidden · directions]
/// </summary>
public sealed class Lstm : Recurrent
{
    /// <inheritdoc cref="Recurrent(string, IRecurrentCell, int, int, int, double, bool, bool)"/>
    public Lstm(int inputs, int hidden, int layers = 1, double dropout = 0, bool bidirectional = false,
        bool bias = true)
        : base("Lstm", new RecurrentCell<LstmCell>(), inputs, hidden, layers, dropout, bidirectional, bias)
    {
    }
}
