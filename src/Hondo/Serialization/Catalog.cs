using Hondo.Data;

namespace Hondo.Serialization;

/// <summary>
/// The things of one kind that have a name: what a text may build. A name maps to a line of code, so that no type
/// name ever comes out of a file.
/// </summary>
/// <typeparam name="T">The kind of thing.</typeparam>
/// <param name="kind">What a thing is called in errors: <c>layer</c>.</param>
/// <param name="lines">One line for each name.</param>
public sealed class Catalog<T>(string kind, IReadOnlyList<CatalogLine<T>> lines)
{
    readonly Lock _registering = new();
    volatile IReadOnlyList<CatalogLine<T>> _registered = [];

    /// <summary>What a thing is called in errors: <c>layer</c>.</summary>
    public string Kind => kind;

    /// <summary>What each name takes, for help.</summary>
    public IEnumerable<Signature> Signatures => Lines.Select(line => line.Signature);

    IEnumerable<CatalogLine<T>> Lines
    {
        get
        {
            OtherPackages.Open();
            return Known;
        }
    }

    IEnumerable<CatalogLine<T>> Known => lines.Concat(_registered);

    /// <summary>
    /// Makes a thing of one's own known to texts, model files and <c>--model</c>:
    /// <c>LayerCatalog.All.Register&lt;MyLayer&gt;()</c>. Once for each program, before the first text or file is read;
    /// once more changes nothing.
    /// </summary>
    /// <typeparam name="TThing">The thing; its <see cref="ICataloged{T}.Line"/> says how it is written and built.
    /// </typeparam>
    /// <exception cref="ArgumentException">Another thing has the name already.</exception>
    public void Register<TThing>() where TThing : ICataloged<T> => Register(TThing.Line);

    /// <summary>Makes a name known.</summary>
    /// <param name="line">How it is written, and how it is built.</param>
    /// <exception cref="ArgumentException">Another thing has the name already.</exception>
    public void Register(CatalogLine<T> line)
    {
        OtherPackages.Open();
        lock (_registering)
        {
            CatalogLine<T>? other = Known.FirstOrDefault(known => AreSame(known.Signature.Name, line.Signature.Name));
            if (other is null)
                _registered = [.. _registered, line];
            else if (!_registered.Contains(other) || other.Signature.Text != line.Signature.Text)
                throw new ArgumentException(
                    $"The {kind} '{line.Signature.Name}' cannot be registered: {other.Signature} has the name already. "
                    + "Give it another one.", nameof(line));
        }
    }

    /// <summary>Makes the names of a package known.</summary>
    internal void RegisterAll(IReadOnlyList<CatalogLine<T>> package)
    {
        foreach (CatalogLine<T> line in package)
            Register(line);
    }

    /// <summary>The thing that a text describes; case and hyphens of names do not matter.</summary>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public T Parse(string text) => Build(CallText.Parse(text));

    /// <summary>The thing that a term describes.</summary>
    /// <exception cref="CallTextException">A name or argument is not known.</exception>
    public T Build(Term term) => Find(term).Build(term);

    /// <summary>True when a term is a call of a name in this catalog; whether case matters is for the caller to say.
    /// </summary>
    public bool Knows(Term term, StringComparison comparison = StringComparison.OrdinalIgnoreCase) =>
        NameOf(term) is { } name && Lines.Any(line => Plain(line.Signature.Name).Equals(Plain(name), comparison));

    static string? NameOf(Term term) => term is Term.Call call ? call.Name : (term as Term.Word)?.Name;

    CatalogLine<T> Find(Term term)
    {
        string name = NameOf(term) ?? throw (term switch
        {
            Term.Choice => term.Error($"A set of alternatives stands where one {kind} is needed. Only the tuner "
                + "reads alternatives."),
            _ => term.Error($"There is {term} where the {kind} is expected."),
        });
        return Lines.FirstOrDefault(line => AreSame(line.Signature.Name, name))
            ?? throw term.Error($"There is no {kind} '{name}'.{Advice(name)}");
    }

    static bool AreSame(string a, string b) => Plain(a).Equals(Plain(b), StringComparison.OrdinalIgnoreCase);

    static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal);

    string Advice(string name) => OtherPackages.Missing(Plain(name)) is { } package
        ? $" It is in the package {package}: dotnet add package {package}."
        : KnownNames.Advice(name, Names) is { Length: > 0 } advice ? advice
        : $" Known are {string.Join(", ", Names)}.";

    IEnumerable<string> Names => Lines.Select(line => line.Signature.Name);
}

/// <summary>
/// A thing of one's own that texts can name, once <see cref="Catalog{T}.Register{TThing}"/> has made it known: what
/// its <c>ToString</c> prints is read back by its line.
/// </summary>
/// <typeparam name="T">
/// The kind of thing: <see cref="Hondo.Layers.Layer"/>, <see cref="Hondo.Losses.Loss"/>, …; for an optimizer, a
/// function from parameters to the optimizer.
/// </typeparam>
public interface ICataloged<T>
{
    /// <summary>
    /// How it is written and built: <c>new("Swish(beta: 1)", a =&gt; new Swish(a.Number("beta")))</c>.
    /// </summary>
    static abstract CatalogLine<T> Line { get; }
}

/// <summary>What a catalog knows of one name: what the call takes, and how the thing is built.</summary>
/// <typeparam name="T">The kind of thing.</typeparam>
/// <param name="signature">The call with its arguments and defaults: <c>Dropout(rate: 0.5)</c>.</param>
/// <param name="build">Builds the thing from the arguments.</param>
public sealed class CatalogLine<T>(string signature, Func<Arguments, T> build)
{
    /// <summary>What the call takes.</summary>
    public Signature Signature { get; } = new(signature);

    /// <summary>Builds the thing.</summary>
    /// <param name="call">A call of this name, or the bare name.</param>
    /// <exception cref="CallTextException">The arguments do not fit, or the thing refuses them.</exception>
    public T Build(Term call)
    {
        var arguments = new Arguments(Signature, call);
        return arguments.Try(() => build(arguments));
    }
}

/// <summary>Says which known name was probably meant.</summary>
static class KnownNames
{
    /// <summary><c> Did you mean Linear?</c>, or nothing when no known name is near.</summary>
    public static string Advice(string word, IEnumerable<string> known) =>
        Spelling.Nearest(word, known) is { } nearest ? $" Did you mean {nearest}?" : "";
}

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
