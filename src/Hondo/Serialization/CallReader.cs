using System.Globalization;
using System.Text;

namespace Hondo.Serialization;

/// <summary>Turns a call text into terms, from left to right.</summary>
struct CallReader(string text)
{
    int _position, _depth;

    public Term ReadAll()
    {
        Term term = ReadTerm();
        Skip();
        return _position == text.Length
            ? term
            : throw Error($"There is a '{text[_position]}' after the end. Is a bracket or a comma missing before it?");
    }

    Term ReadTerm()
    {
        Skip();
        if (_position == text.Length)
            throw Error("The text ends where a value is expected.");
        if (++_depth > CallText.MaxDepth)
            throw Error($"Calls and lists lie more than {CallText.MaxDepth} deep in each other. "
                + "Build this in C# instead.");
        char first = text[_position];
        Term term = first switch
        {
            '"' => ReadQuote(),
            '[' => ReadList(),
            '{' => ReadChoice(),
            '-' or '.' or (>= '0' and <= '9') => ReadNumber(),
            _ when IsNameStart(first) => ReadCall(),
            _ => throw Error($"A value is expected here, but there is '{first}'."),
        };
        _depth--;
        return term;
    }

    Term ReadCall()
    {
        int start = _position;
        string name = ReadName();
        if (!Take('('))
            return new Term.Word(text, start, name);
        List<Argument> arguments = [];
        if (Take(')'))
            return new Term.Call(text, start, name, arguments);
        do
            arguments.Add(ReadArgument(arguments));
        while (Take(','));
        Expect(')', $"the arguments of {name}", start);
        return new Term.Call(text, start, name, arguments);
    }

    Argument ReadArgument(List<Argument> before)
    {
        Skip();
        int start = _position;
        if (_position < text.Length && IsNameStart(text[_position]))
        {
            string name = ReadName();
            if (Take(':'))
                return new(name, ReadTerm());
            _position = start;
        }
        return before is [.., { Name: { } last }]
            ? throw Error($"An argument without a name follows '{last}:'. Put those without a name first.")
            : new(null, ReadTerm());
    }

    Term.List ReadList()
    {
        int start = _position++;
        List<Term> items = [];
        if (Take(']'))
            return new(text, start, items);
        do
            items.Add(ReadTerm());
        while (Take(','));
        Expect(']', "the list", start);
        return new(text, start, items);
    }

    Term.Choice ReadChoice()
    {
        int start = _position++;
        List<Term> options = [];
        do
            options.Add(ReadTerm());
        while (Take('|'));
        Expect('}', "the alternatives", start);
        return new(text, start, options);
    }

    Term.Number ReadNumber()
    {
        int start = _position;
        while (_position < text.Length && IsPartOfNumber(start))
            _position++;
        string written = text[start.._position];
        if (double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && double.IsFinite(value))
            return new(text, start, written, value);
        _position = start;
        throw Error($"'{written}' is not a number. Numbers are written 64, 0.1 or 1e-4.");
    }

    readonly bool IsPartOfNumber(int start)
    {
        char c = text[_position];
        bool isSign = c is '-' or '+';
        return isSign ? _position == start || text[_position - 1] is 'e' or 'E'
            : c == '.' || char.IsAsciiLetterOrDigit(c);
    }

    Term.Quote ReadQuote()
    {
        int start = _position++;
        var value = new StringBuilder();
        while (_position < text.Length && text[_position] != '"')
        {
            char c = text[_position++];
            value.Append(c == '\\' ? ReadEscaped() : c);
        }
        if (_position++ < text.Length)
            return new(text, start, value.ToString());
        _position = start;
        throw Error("The quote that starts here has no end.");
    }

    char ReadEscaped()
    {
        char c = _position < text.Length ? text[_position++] : ' ';
        return c switch
        {
            'n' => '\n',
            '"' or '\\' => c,
            _ => throw new CallTextException("After a backslash in quotes comes a quote, a backslash or n.", text,
                Math.Max(0, _position - 1)),
        };
    }

    // A hyphen or a dot belongs to the name when more of it follows: char-rnn, Average.Macro.
    string ReadName()
    {
        int start = _position;
        while (_position < text.Length && (IsNamePart(text[_position]) || (text[_position] is '-' or '.'
            && _position + 1 < text.Length && IsNamePart(text[_position + 1]))))
            _position++;
        return text[start.._position];
    }

    static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    void Skip()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
            _position++;
    }

    bool Take(char c)
    {
        Skip();
        bool isThere = _position < text.Length && text[_position] == c;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    void Expect(char c, string what, int start)
    {
        if (!Take(c))
            throw _position == text.Length
                ? new CallTextException($"A '{c}' is missing at the end of {what}, which start here.", text, start)
                : Error($"A comma or '{c}' is expected here, in {what}, but there is '{text[_position]}'.");
    }

    readonly CallTextException Error(string problem) => new(problem, text, _position);
}
