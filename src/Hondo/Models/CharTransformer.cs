using Hondo.Initializers;
using Hondo.Layers;

namespace Hondo.Models;

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
