namespace Hondo.Serialization;

/// <summary>An argument of a call, by its place or by its name.</summary>
/// <param name="Name">The name, or null for an argument by its place.</param>
/// <param name="Value">The value.</param>
public sealed record Argument(string? Name, Term Value)
{
    /// <inheritdoc/>
    public override string ToString() => Name is null ? Value.ToString()! : $"{Name}: {Value}";
}

/// <summary>The arguments of a call, matched with its signature; a builder asks for each by its name.</summary>
public sealed class Arguments
{
    readonly Signature _signature;
    readonly Term _call;
    readonly Dictionary<string, Term> _given = [];
    readonly List<Term> _rest = [];

    /// <summary>Matches arguments with a signature.</summary>
    /// <param name="signature">What the call takes.</param>
    /// <param name="call">A call, or a bare name for one without arguments.</param>
    /// <exception cref="CallTextException">An argument is unknown, missing, given twice or too many.</exception>
    public Arguments(Signature signature, Term call)
    {
        (_signature, _call) = (signature, call);
        IReadOnlyList<Argument> arguments = call is Term.Call { Arguments: var list } ? list : [];
        for (int i = 0; i < arguments.Count; i++)
            Take(arguments[i], i);
        foreach (string parameter in signature.Parameters)
            if (!_given.ContainsKey(parameter) && !IsRest(parameter) && signature.DefaultOf(parameter) is null)
                throw call.Error($"{signature.Name} needs the argument {parameter}: {signature}.");
    }

    /// <summary>False when the argument is null or was left out without a default.</summary>
    public bool Has(string name) => Find(name) is not (null or Term.Word { Name: "null" });

    /// <summary>True when the argument is this word, with or without the name of its type before it.</summary>
    public bool IsWord(string name, string word) => Value(name) is Term.Word { Name: var given }
        && given.AsSpan(given.LastIndexOf('.') + 1).Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A whole number.</summary>
    public int Int(string name) => Int(name, Value(name));

    /// <summary>A number.</summary>
    public double Number(string name) => Number(name, Value(name));

    /// <summary>True or false.</summary>
    public bool Flag(string name) => Value(name) switch
    {
        Term.Word { Name: "true" } => true,
        Term.Word { Name: "false" } => false,
        var other => throw Wrong(name, other, "true or false"),
    };

    /// <summary>A text in quotes, or a bare word.</summary>
    public string Text(string name) => Value(name) switch
    {
        Term.Quote quote => quote.Value,
        Term.Word word => word.Name,
        var other => throw Wrong(name, other, "a text in quotes"),
    };

    /// <summary>One of the names of an enumeration, with or without the enumeration's own name before it.</summary>
    public E OneOf<E>(string name) where E : struct, Enum
    {
        Term value = Value(name);
        string known = string.Join(", ", Enum.GetNames<E>());
        return value is Term.Word { Name: var word }
            && Enum.TryParse(word.AsSpan(word.LastIndexOf('.') + 1), ignoreCase: true, out E found)
            ? found
            : throw Wrong(name, value, $"one of {known}");
    }

    /// <summary>Whole numbers: a list, or one number alone, or all arguments of a call that takes any number.</summary>
    public int[] Ints(string name) => [.. Items(name).Select(item => Int(name, item))];

    /// <summary>Numbers: a list, or one number alone, or all arguments of a call that takes any number.</summary>
    public double[] Numbers(string name) => [.. Items(name).Select(item => Number(name, item))];

    /// <summary>A thing of a catalog.</summary>
    public T Build<T>(string name, Catalog<T> catalog) => catalog.Build(Value(name));

    /// <summary>Things of a catalog: a list, or one alone, or all arguments of a call that takes any number.</summary>
    public T[] BuildAll<T>(string name, Catalog<T> catalog) => [.. Items(name).Select(catalog.Build)];

    /// <summary>Builds something; when a constructor refuses an argument, the error points at its place.</summary>
    /// <exception cref="CallTextException">An argument is refused.</exception>
    public T Try<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (ArgumentException error)
        {
            Term place = error.ParamName is { } name && _given.TryGetValue(name, out Term? given) ? given : _call;
            throw place.Error($"{_signature.Name}: {Reason(error)}", error);
        }
    }

    // .NET adds the parameter's name and, on a line of its own, the value: the caret shows both already.
    static string Reason(ArgumentException error)
    {
        int end = error.Message.IndexOfAny(['\n', '\r']);
        string line = end < 0 ? error.Message : error.Message[..end];
        end = line.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? line : line[..end];
    }

    IReadOnlyList<Term> Items(string name) => !_given.ContainsKey(name) && IsRest(name) ? _rest
        : Value(name) switch
        {
            Term.List list => list.Items,
            var single => [single],
        };

    Term Value(string name)
    {
        Term value = Find(name) ?? throw _call.Error($"{_signature.Name} needs the argument {name}: {_signature}.");
        return value is Term.Choice
            ? throw value.Error($"{name} of {_signature.Name} is a set of alternatives, which only the tuner reads. "
                + "Write one value.")
            : value;
    }

    Term? Find(string name) => _given.TryGetValue(name, out Term? term) ? term : _signature.DefaultOf(name);

    int Int(string name, Term value) =>
        value is Term.Number { Value: var number } && number == Math.Round(number) && Math.Abs(number) <= int.MaxValue
            ? (int)number
            : throw Wrong(name, value, "a whole number");

    double Number(string name, Term value) => value switch
    {
        Term.Number { Value: var number } => number,
        Term.Word { Name: "Infinity" } => double.PositiveInfinity,
        _ => throw Wrong(name, value, "a number"),
    };

    CallTextException Wrong(string name, Term value, string expected) => value is Term.Choice
        ? value.Error($"{name} of {_signature.Name} holds alternatives, which only the tuner reads. Write one value.")
        : value.Error($"{name} of {_signature.Name} must be {expected}, but is {value}.");

    bool IsRest(string parameter) => _signature.TakesAnyNumber && parameter == _signature.Parameters[^1];

    void Take(Argument argument, int place)
    {
        IReadOnlyList<string> parameters = _signature.Parameters;
        if (argument.Name is null && (place < parameters.Count - 1 || _signature.TakesAnyNumber is false))
            Set(place < parameters.Count ? parameters[place] : throw TooMany(argument), argument);
        else if (argument.Name is null)
            _rest.Add(argument.Value);
        else
            Set(parameters.Contains(argument.Name) ? argument.Name : throw Unknown(argument), argument);
    }

    void Set(string parameter, Argument argument)
    {
        if (!_given.TryAdd(parameter, argument.Value))
            throw argument.Value.Error($"{parameter} of {_signature.Name} is given twice: {_signature}.");
    }

    CallTextException TooMany(Argument argument) => argument.Value.Error(_signature.Parameters.Count == 0
        ? $"{_signature.Name} takes no arguments."
        : $"{_signature.Name} takes at most {_signature.Parameters.Count} arguments: {_signature}.");

    CallTextException Unknown(Argument argument) => argument.Value.Error(
        $"{_signature.Name} has no argument '{argument.Name}'."
        + $"{KnownNames.Advice(argument.Name!, _signature.Parameters)} It is {_signature}.");
}
