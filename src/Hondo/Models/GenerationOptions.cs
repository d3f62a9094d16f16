using System.Globalization;

namespace Hondo.Models;

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
