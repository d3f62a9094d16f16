using System.Globalization;

namespace Hondo.Charts;

/// <summary>
/// A formula of named variables as people write it, <c>(x + y) * z</c> or <c>q = x + y; f = q * z</c>, computed with
/// the library's own operations, so that it has gradients and a graph. It knows + − * / ^, brackets, and exp log sqrt
/// sin cos tanh sigmoid relu.
/// </summary>
public sealed class Formula
{
    const int MostDepth = 100;
    const string UsualNames = "qrstuvwpghk";

    static readonly Dictionary<string, Func<Tensor, Tensor>> Functions = new()
    {
        ["exp"] = x => x.Exp(),
        ["log"] = x => x.Log(),
        ["sqrt"] = x => x.Sqrt(),
        ["sin"] = x => x.Sin(),
        ["cos"] = x => x.Cos(),
        ["tanh"] = x => x.Tanh(),
        ["sigmoid"] = x => x.Sigmoid(),
        ["relu"] = x => x.Relu(),
    };

    readonly string _text;
    readonly List<(string Name, FormulaTerm Term)> _statements = [];
    readonly List<string> _variables = [];
    int _position, _depth;

    Formula(string text)
    {
        _text = text;
        do
        {
            string name = ReadTarget();
            _statements.Add((name, ReadSum()));
            if (name.Length > 0 && (_variables.Contains(name) || _statements.Count(known => known.Name == name) > 1))
                throw Error($"{name} has a value already, or is used before it gets one");
        }
        while (Take(';'));
        if (Peek() != '\0')
            throw Error($"there is a '{Peek()}' where an operator is expected");
    }

    /// <summary>The variables that need a value, in the order in which they occur.</summary>
    public IReadOnlyList<string> Variables => _variables;

    /// <summary>Reads a formula.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says where.</exception>
    public static Formula Parse(string text) => new(text);

    /// <summary>The result for values of the variables, and the results on the way that have a name.</summary>
    /// <param name="variables">A tensor for each variable.</param>
    /// <param name="named">Gets the results by name: q, r … and last f, where the formula gives none.</param>
    /// <exception cref="ArgumentException">A variable has no value.</exception>
    public Tensor Compute(IReadOnlyDictionary<string, Tensor> variables, ICollection<(string, Tensor)>? named = null)
    {
        if (_variables.FirstOrDefault(name => !variables.ContainsKey(name)) is { } missing)
            throw new ArgumentException($"The variable {missing} of {_text} has no value: add {missing}=1.");
        var values = new Dictionary<string, Tensor>(variables);
        var free = new Queue<string>(UsualNames.Select(c => $"{c}").Where(name => !values.ContainsKey(name)
            && _statements.All(statement => statement.Name != name)));
        Tensor result = default;
        for (int i = 0; i < _statements.Count; i++)
        {
            (string name, FormulaTerm term) = _statements[i];
            bool isLast = i == _statements.Count - 1;
            result = term.Compute(values, part => Name(part, free.TryDequeue(out string? next) ? next : ""));
            Name(result, name.Length > 0 ? name : isLast ? "f" : "");
            if (name.Length > 0)
                values[name] = result;
        }
        return result;

        void Name(Tensor tensor, string name)
        {
            if (name.Length > 0)
                named?.Add((name, tensor));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    // The q of q = x + y; empty, and nothing read, where a statement has none.
    string ReadTarget()
    {
        int start = _position;
        if (ReadName() is { Length: > 0 } name && Take('='))
            return name;
        _position = start;
        return "";
    }

    FormulaTerm ReadSum() => ReadChain(ReadProduct, ("+", (a, b) => a + b), ("-", (a, b) => a - b));

    FormulaTerm ReadProduct() => ReadChain(ReadPower, ("*", (a, b) => a * b), ("/", (a, b) => a / b));

    FormulaTerm ReadChain(Func<FormulaTerm> read, params (string Sign, Func<Tensor, Tensor, Tensor> Apply)[] operators)
    {
        FormulaTerm left = read();
        while (operators.FirstOrDefault(one => Take(one.Sign[0])) is { Sign: not null } found)
            left = new FormulaTerm.Operation([left, read()], x => found.Apply(x[0], x[1]));
        return left;
    }

    FormulaTerm ReadPower()
    {
        if (Take('-'))
            return new FormulaTerm.Operation([ReadPower()], x => -x[0]);
        FormulaTerm bottom = ReadAtom();
        if (!Take('^'))
            return bottom;
        FormulaTerm exponent = ReadPower();
        return new FormulaTerm.Operation([bottom, exponent],
            x => exponent is FormulaTerm.Number number ? x[0].Pow(number.Value) : x[0].Pow(x[1]));
    }

    FormulaTerm ReadAtom()
    {
        if (++_depth > MostDepth)
            throw Error($"brackets lie more than {MostDepth} deep in each other");
        FormulaTerm term = Peek() is '.' or (>= '0' and <= '9') ? ReadNumber()
            : Take('(') ? ReadBracket()
            : ReadName() is { Length: > 0 } name ? ReadNamed(name)
            : throw Error("a number, a name or a bracket is expected");
        _depth--;
        return term;
    }

    FormulaTerm ReadBracket()
    {
        FormulaTerm inner = ReadSum();
        return Take(')') ? inner : throw Error("a ) is missing");
    }

    FormulaTerm ReadNamed(string name)
    {
        if (Take('('))
            return !Functions.TryGetValue(name, out Func<Tensor, Tensor>? apply)
                ? throw Error($"there is no function {name}; known are {string.Join(", ", Functions.Keys)}")
                : new FormulaTerm.Operation([ReadBracket()], x => apply(x[0]));
        if (!_variables.Contains(name) && _statements.All(statement => statement.Name != name))
            _variables.Add(name);
        return new FormulaTerm.Variable(name);
    }

    FormulaTerm.Number ReadNumber()
    {
        int start = _position;
        while (_position < _text.Length && (char.IsAsciiDigit(_text[_position]) || _text[_position] == '.'))
            _position++;
        return double.TryParse(_text.AsSpan(start, _position - start), NumberStyles.Float,
            CultureInfo.InvariantCulture, out double value) ? new(value)
            : throw Error($"'{_text[start.._position]}' is no number");
    }

    string ReadName()
    {
        _ = Peek();
        int start = _position;
        while (_position < _text.Length && (char.IsLetter(_text[_position]) || _text[_position] == '_'
            || (_position > start && char.IsLetterOrDigit(_text[_position]))))
            _position++;
        return _text[start.._position];
    }

    char Peek()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
            _position++;
        return _position < _text.Length ? _text[_position] : '\0';
    }

    bool Take(char c)
    {
        if (Peek() != c)
            return false;
        _position++;
        return true;
    }

    FormatException Error(string problem) => new($"The formula '{_text}' cannot be read: {problem} (character "
        + $"{Math.Min(_position + 1, _text.Length)}). Write it as (x + y) * z or q = x + y; f = q * z.");
}
