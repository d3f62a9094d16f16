using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Hondo.Notebooks;

/// <summary>Objects as rows, their properties as columns.</summary>
static class ObjectTable
{
    const int MostRows = 50;

    public static MimeBundle Of(IReadOnlyList<object?> rows, Type type)
    {
        (string Name, Func<object, object?> Get)[] columns = Columns(type);
        string[][] cells = [.. rows.Take(MostRows).Select(row => columns.Length == 0 || row is null
            ? [Text(row)]
            : columns.Select(column => Text(column.Get(row))).ToArray())];
        bool[] isText = [.. Enumerable.Range(0, Math.Max(1, columns.Length)).Select(i => columns.Length == 0
            || rows.OfType<object>().Take(MostRows).Any(row => columns[i].Get(row) is string or char or bool))];
        string[] head = columns.Length == 0 ? [Spoken.Label("value")] : [.. columns.Select(column => column.Name)];
        return HtmlText.Table(head, cells, i => isText[i],
            rows.Count > MostRows ? Spoken.Text($"… {rows.Count - MostRows} more rows") : "");
    }

    static (string, Func<object, object?>)[] Columns(Type type) =>
        type.IsPrimitive || type == typeof(string) ? []
        : typeof(ITuple).IsAssignableFrom(type) && type.IsGenericType
            ? [.. Enumerable.Range(0, type.GetGenericArguments().Length).Select(i =>
                ($"{i + 1}", (Func<object, object?>)(row => ((ITuple)row)[i])))]
        : [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(one => one.CanRead && one.GetIndexParameters().Length == 0)
            .Select(one => (one.Name, (Func<object, object?>)one.GetValue))];

    public static string Text(object? value) => Text(value, 0);

    /// <param name="value">What to write.</param>
    /// <param name="depth">How many lists it lies in.</param>
    public static string Text(object? value, int depth) => value switch
    {
        null => "null",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        string text => text,
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => ListView.Line(list, depth + 1),
        _ => value.ToString() ?? "",
    };
}

/// <summary>Lists: numbers and texts in a line, objects as a table.</summary>
static class ListView
{
    // A list may hold itself.
    const int MostItems = 30, MostRead = 1000, MostDepth = 5;

    public static MimeBundle Of(IEnumerable list)
    {
        object?[] items = [.. list.Cast<object?>().Take(MostRead)];
        Type? type = items.OfType<object>().FirstOrDefault()?.GetType();
        bool isTable = type is not null && !type.IsPrimitive && !type.IsEnum && type != typeof(string)
            && type != typeof(decimal) && !typeof(IEnumerable).IsAssignableFrom(type)
            && items.All(item => item?.GetType() == type);
        return isTable ? ObjectTable.Of(items, type!) : new(Line(list));
    }

    public static string Line(IEnumerable list, int depth = 0)
    {
        if (depth > MostDepth)
            return "[…]";
        object?[] items = [.. list.Cast<object?>().Take(MostItems + 1)];
        return $"[{string.Join(", ", items.Take(MostItems).Select(item => ObjectTable.Text(item, depth)))}"
            + (items.Length > MostItems ? ", …]" : "]");
    }
}
