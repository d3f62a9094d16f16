using Hondo.Kernels;

namespace Hondo.Layers;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014, arXiv:1406.1078)      r, z = σ(W·x + U·h + b),
/// n = tanh(W·x + b + r·(U·h + b)), h = (1 − z)·n + z·h      [batch, time, inputs] → [batch, time, hidden · directions]
/// </summary>
public sealed class Gru : Recurrent
{
    /// <inheritdoc cref="Recurrent(string, IRecurrentCell, int, int, int, double, bool, bool)"/>
    public Gru(int inputs, int hidden, int layers = 1, double dropout = 0, bool bidirectional = false,
        bool bias = true)
        : base("Gru", new RecurrentCell<GruCell>(), inputs, hidden, layers, dropout, bidirectional, bias)
    {
    }
}
