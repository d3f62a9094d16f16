namespace Hondo.Storage;

/// <summary>
/// What a call takes, written as a call: <c>Linear(inputs, outputs, bias: true)</c>. A bare name is a required
/// argument, one with a value has this default, <c>null</c> for none; <c>Sequential(layers...)</c> takes any number.
/// </summary>
public sealed class Signature
{
    const string Any = "...";

    readonly Term.Call _call;

    /// <summary>A signature by its text.</summary>
    /// <exception cref="CallTextException">It is malformed.</exception>
    public Signature(string text)
    {
        Text = text;
        TakesAnyNumber = text.EndsWith(Any + ")", StringComparison.Ordinal);
        string plain = TakesAnyNumber ? text[..^(Any.Length + 1)] + ")" : text;
        Term term = CallText.Parse(plain);
        _call = term as Term.Call ?? throw term.Error("A signature is a name with brackets: Relu().");
        Parameters = [.. _call.Arguments.Select(NameOf)];
    }

    /// <summary>The signature as it was written, for help.</summary>
    public string Text { get; }

    /// <summary>The name that is called.</summary>
    public string Name => _call.Name;

    /// <summary>The names of the arguments, in order.</summary>
    public IReadOnlyList<string> Parameters { get; }

    /// <summary>True when the last argument may be given any number of times.</summary>
    public bool TakesAnyNumber { get; }

    /// <summary>The default of an argument, or null when it must be given.</summary>
    public Term? DefaultOf(string parameter) =>
        _call.Arguments.FirstOrDefault(argument => argument.Name == parameter)?.Value;

    /// <inheritdoc/>
    public override string ToString() => Text;

    static string NameOf(Argument argument) => argument.Name ?? (argument.Value is Term.Word word
        ? word.Name
        : throw argument.Value.Error("A required argument of a signature is a bare name."));
}
