using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Hondo.Cli;

/// <summary>
/// Options of numbers, read by ourselves: the parser's own depend on the language, where 0.7 may be 7, and take a
/// number that makes no sense.
/// </summary>
static class NumberOption
{
    /// <summary>As many threads as <see cref="Kernels.Workers.Count"/> may be.</summary>
    public const int MostThreads = 1024;

    /// <summary>A number with a usual value.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What stands for the number on the help page; null for the option's name.</param>
    /// <param name="description">What it is.</param>
    /// <param name="usual">The number when it is left out.</param>
    /// <param name="expected">Which numbers are right, in words.</param>
    /// <param name="isRight">Which numbers are right.</param>
    public static Option<T> Of<T>(string name, string? help, string description, T usual, string expected,
        Func<T, bool> isRight) where T : struct, IParsable<T> => new(name)
        {
            Description = description,
            HelpName = help,
            DefaultValueFactory = _ => usual,
            CustomParser = result =>
            {
                string word = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
                if (T.TryParse(word, CultureInfo.InvariantCulture, out T value) && isRight(value))
                    return value;
                result.AddError($"{name} is {expected}, but got '{word}'");
                return usual;
            },
        };

    /// <summary>A whole number from some number on, with a usual value.</summary>
    public static Option<int> From(int least, string name, string? help, string description, int usual,
        int most = int.MaxValue) => Of(name, help, description, usual, most == int.MaxValue
            ? $"a whole number from {least}" : $"a whole number from {least} to {most}",
            (int number) => number >= least && number <= most);

    /// <summary>A whole number from some number on, or none.</summary>
    public static Option<int?> From(int least, string name, string description, int most = int.MaxValue) =>
        Checked<int>(name, description, least, most);

    /// <summary>A share from 0 to below 1, or none.</summary>
    public static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SHARE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (double.TryParse(text, CultureInfo.InvariantCulture, out double share) && share is >= 0 and < 1)
                return share;
            result.AddError($"{name} is a share from 0 to below 1, e.g. 0.02, but got '{text}'");
            return null;
        },
    };

    /// <summary>What draws depend on.</summary>
    public static Option<ulong?> Seed(string description) =>
        Checked<ulong>("--seed", description, 0, ulong.MaxValue);

    static Option<T?> Checked<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var option = new Option<T?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [var token] || T.TryParse(token.Value, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
                return;
            // The largest of its type says nothing to people, unless theirs is larger.
            bool isLarge = most < T.MaxValue || token.Value.TrimStart('0').Length > 9 && token.Value.All(char.IsDigit);
            result.AddError(isLarge ? $"{name} is a whole number from {least} to {most}, but got '{token.Value}'"
                : $"{name} is a whole number from {least}, but got '{token.Value}'");
        });
        return option;
    }
}
