using System.Globalization;
using System.Text;

namespace Hondo.Tensors;

/// <summary>
/// Writes the C# call that makes a thing, without <c>new</c>: <c>Dropout(0.2)</c>. Arguments that have their default
/// value are left out, so that the text is as short as a person would write it.
/// </summary>
public sealed class CallWriter(string name)
{
    readonly StringBuilder _text = new(name + "(");
    bool _any;

    /// <summary>An argument by its place.</summary>
    public CallWriter Add(object? value)
    {
        _text.Append(_any ? ", " : "").Append(Text(value));
        _any = true;
        return this;
    }

    /// <summary>Arguments by their place.</summary>
    public CallWriter AddAll(IEnumerable<object> values)
    {
        foreach (object value in values)
            Add(value);
        return this;
    }

    /// <summary>An argument by its name, unless it has its default value.</summary>
    public CallWriter Add<T>(string argument, T value, T ordinary)
    {
        if (EqualityComparer<T>.Default.Equals(value, ordinary))
            return this;
        _text.Append(_any ? ", " : "").Append(argument).Append(": ").Append(Text(value));
        _any = true;
        return this;
    }

    static string Text(object? value) => value switch
    {
        bool flag => flag ? "true" : "false",
        Enum name => $"{name.GetType().Name}.{name}",
        string text => Quote(text),
        // Not any sequence: a Sequential is one too, and prints itself.
        System.Collections.IList list => $"[{string.Join(", ", list.Cast<object>().Select(Text))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };

    /// <summary>A text in double quotes, as the reader of calls expects it.</summary>
    public static string Quote(string text) => '"'
        + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
        + '"';

    /// <inheritdoc/>
    public override string ToString() => $"{_text})";
}
