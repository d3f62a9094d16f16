using System.CommandLine;
using System.Globalization;

namespace Hondo.Cli;

/// <summary>
/// Options of numbers, read by ourselves: the parser's own depend on the language, where 0.7 may be 7, and take a
/// number that makes no sense.
/// </summary>
static class NumberOption
{
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
    public static Option<int> From(int least, string name, string? help, string description, int usual) =>
        Of(name, help, description, usual, $"a whole number from {least}", (int number) => number >= least);

    /// <summary>A whole number from some number on, or none.</summary>
    public static Option<int?> From(int least, string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out int number) || number < least))
                result.AddError($"{name} is a whole number from {least}, but got '{token.Value}'");
        });
        return option;
    }
}
