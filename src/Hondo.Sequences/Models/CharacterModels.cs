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

/// <summary>
/// A small GPT (Radford et al. 2019): tokens and their places, blocks of causal attention and of two linear layers with
/// GELU, each behind a norm and beside a residual connection, a last norm, then the scores of the next token
/// int32 [batch, time] → [batch, time, tokens]
/// </summary>
public static class CharTransformer
{
    /// <summary>A transformer that writes text.</summary>
    /// <param name="tokens">How many tokens there are.</param>
    /// <param name="window">The most tokens that it looks at.</param>
    /// <param name="hidden">Features of a token, a multiple of the heads.</param>
    /// <param name="layers">Blocks over each other.</param>
    /// <param name="heads">Heads of attention.</param>
    /// <param name="dropout">The probability of 0 of the input, of attention weights and of each block's result.
    /// </param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public static Sequential Of(int tokens, int window, int hidden = 128, int layers = 2, int heads = 4,
        double dropout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layers, 1);
        var small = new Normal(deviation: 0.02);
        // Each block adds twice to the residual stream: its variance must not grow with the depth (GPT-2).
        var last = new Normal(deviation: Math.Round(0.02 / Math.Sqrt(2 * layers), 5));
        List<Layer> stack = [new Embedding(tokens, hidden, initializer: small), new LearnedPositions(window, hidden)];
        Drop(stack, dropout);
        for (int i = 0; i < layers; i++)
        {
            stack.Add(Block(dropout, new LayerNorm(hidden),
                new MultiHeadAttention(hidden, heads, dropout, causal: true, initializer: small)));
            stack.Add(Block(dropout, new LayerNorm(hidden), new Linear(hidden, 4 * hidden, initializer: small),
                new Gelu(), new Linear(4 * hidden, hidden, initializer: last)));
        }
        stack.AddRange([new LayerNorm(hidden), new Linear(hidden, tokens, initializer: small)]);
        return new([.. stack]);
    }

    static Residual Block(double dropout, params List<Layer> body)
    {
        Drop(body, dropout);
        return new(new Sequential([.. body]));
    }

    static void Drop(List<Layer> layers, double dropout)
    {
        if (dropout > 0)
            layers.Add(new Dropout(dropout));
    }
}
