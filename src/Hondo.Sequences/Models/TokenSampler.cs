using System.Globalization;
using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// Draws tokens by their scores. The i-th draw is a function of (seed, i, scores): the same on every machine.
/// </summary>
sealed class TokenSampler
{
    static readonly ulong Stream = RandomStream.Of("generate");

    readonly GenerationOptions _options;
    readonly Philox _random;
    readonly double[] _weights;
    readonly int[] _order;

    public TokenSampler(GenerationOptions options, int tokens)
    {
        (_options, _random) = (options.Checked(), new Philox(options.Seed, Stream));
        (_weights, _order) = (new double[tokens], new int[tokens]);
    }

    /// <summary>The i-th token.</summary>
    /// <exception cref="InvalidOperationException">A score is NaN.</exception>
    public int Draw(long i, ReadOnlySpan<float> scores)
    {
        int best = Best(scores);
        if (_options.Temperature == 0)
            return best;
        int count = scores.Length;
        for (int k = 0; k < count; k++)
        {
            // Divided after the difference: scores of 1e4 at a temperature of 1e-4 would overflow.
            double x = ((double)scores[k] - scores[best]) / _options.Temperature;
            Scalar<double>.Store(Elementary.Exp(new Scalar<double>(x)), ref _weights[k], 0);
            _order[k] = k;
        }
        if (_options.TopK > 0 || _options.TopP < 1)
            count = Cut(count);
        return Choose(_order.AsSpan(0, count), _random.Uniform(i));
    }

    static int Best(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int k = 0; k < scores.Length; k++)
            if (float.IsNaN(scores[k]))
                throw new InvalidOperationException("The model's scores are NaN: its training went wrong. Train it "
                    + "again with a lower learning rate.");
            else if (scores[k] > scores[best])
                best = k;
        return best;
    }

    // The likeliest tokens first, of equals the one with the smaller number.
    int Cut(int count)
    {
        Array.Sort(_order, 0, count, Comparer<int>.Create((a, b) =>
            _weights[a] != _weights[b] ? _weights[b].CompareTo(_weights[a]) : a.CompareTo(b)));
        if (_options.TopK > 0)
            count = Math.Min(count, _options.TopK);
        if (_options.TopP >= 1)
            return count;
        double limit = _options.TopP * Sum(_order.AsSpan(0, count)), sum = 0;
        for (int k = 0; k < count; k++)
            if ((sum += _weights[_order[k]]) >= limit)
                return k + 1;
        return count;
    }

    double Sum(ReadOnlySpan<int> tokens)
    {
        double sum = 0;
        foreach (int token in tokens)
            sum += _weights[token];
        return sum;
    }

    int Choose(ReadOnlySpan<int> tokens, double share)
    {
        double left = share * Sum(tokens);
        foreach (int token in tokens)
            if ((left -= _weights[token]) < 0)
                return token;
        return tokens[0];
    }
}

/// <summary>How a text is written.</summary>
public sealed record GenerationOptions
{
    /// <summary>What the text begins with; the model reads it first.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>How many tokens to write: characters, for a character model.</summary>
    public int Length { get; init; } = 500;

    /// <summary>
    /// Scores are divided by it: below 1 the likely becomes likelier, at 0 the likeliest token is always taken.
    /// </summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>Only so many of the likeliest tokens may be drawn; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>
    /// Only the likeliest tokens that together have this probability may be drawn (Holtzman et al. 2019,
    /// arXiv:1904.09751); 1 for all.
    /// </summary>
    public double TopP { get; init; } = 1;

    /// <summary>What is drawn depends on it: the same seed writes the same text.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Checks the numbers.</summary>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentException">One is out of its range.</exception>
    public GenerationOptions Checked() =>
        Length < 0 ? throw Wrong("The length", Length, "a number of tokens, 0 or more")
        : !(Temperature >= 0 && double.IsFinite(Temperature)) ? throw Wrong("The temperature", Temperature,
            "0 (always the likeliest token) or above, often 0.5 to 1")
        : TopK < 0 ? throw Wrong("Top-k", TopK, "a number of tokens, or 0 for all")
        : !(TopP is > 0 and <= 1) ? throw Wrong("Top-p", TopP, "a probability above 0 and up to 1")
        : this;

    static ArgumentException Wrong(string what, double value, string expected) => new(string.Create(
        CultureInfo.InvariantCulture, $"{what} is {expected}, but got {value}."));
}
