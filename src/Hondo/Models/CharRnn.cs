using Hondo.Initializers;
using Hondo.Layers;

namespace Hondo.Models;

/// <summary>
/// Networks that write text (Karpathy 2015, "The unreasonable effectiveness of recurrent neural networks"): recurrent
/// layers over one-hot tokens, then the scores of the next token      int32 [batch, time] → [batch, time, tokens]
/// </summary>
public static class CharRnn
{
    /// <summary>With long short-term memory.</summary>
    /// <param name="tokens">How many tokens there are.</param>
    /// <param name="hidden">Units of each layer.</param>
    /// <param name="layers">Layers over each other.</param>
    /// <param name="dropout">The probability of 0 after each layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static Sequential Lstm(int tokens, int hidden = 128, int layers = 2, double dropout = 0) =>
        With(new Lstm(tokens, hidden, layers, dropout), tokens, dropout);

    /// <summary>With gated recurrent units.</summary>
    /// <inheritdoc cref="Lstm"/>
    public static Sequential Gru(int tokens, int hidden = 128, int layers = 2, double dropout = 0) =>
        With(new Gru(tokens, hidden, layers, dropout), tokens, dropout);

    /// <summary>With simple recurrent units (Elman 1990).</summary>
    /// <inheritdoc cref="Lstm"/>
    public static Sequential Simple(int tokens, int hidden = 128, int layers = 2, double dropout = 0) =>
        With(new Rnn(tokens, hidden, layers, dropout: dropout), tokens, dropout);

    /// <summary>With the cell of a name.</summary>
    /// <param name="cell"><c>lstm</c>, <c>gru</c> or <c>rnn</c>.</param>
    /// <param name="tokens">How many tokens there are.</param>
    /// <param name="hidden">Units of each layer.</param>
    /// <param name="layers">Layers over each other.</param>
    /// <param name="dropout">The probability of 0 after each layer.</param>
    /// <exception cref="ArgumentException">There is no such cell, or a number is out of its range.</exception>
    public static Sequential Of(string cell, int tokens, int hidden = 128, int layers = 2, double dropout = 0) =>
        cell switch
        {
            "lstm" => Lstm(tokens, hidden, layers, dropout),
            "gru" => Gru(tokens, hidden, layers, dropout),
            "rnn" => Simple(tokens, hidden, layers, dropout),
            _ => throw new ArgumentException($"There is no cell '{cell}': choose lstm, gru or rnn.", nameof(cell)),
        };

    static Sequential With(Recurrent body, int tokens, double dropout)
    {
        var scores = new Linear(body.Hidden, tokens, initializer: Initial.XavierUniform);
        return dropout > 0 ? new(body, new Dropout(dropout), scores) : new(body, scores);
    }
}
