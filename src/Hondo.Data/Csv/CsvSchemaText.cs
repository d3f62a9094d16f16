using System.Text;
using System.Text.Json;

namespace Hondo.Data;

/// <summary>A <see cref="CsvSchema"/> as JSON: names and numbers only.</summary>
static class CsvSchemaText
{
    public static string Write(CsvSchema schema)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteString("separator", schema.Separator.ToString());
            if (schema.HasHeader is { } hasHeader)
                json.WriteBoolean("header", hasHeader);
            if (schema.Missing is { } missing)
                Write(json, "missing", missing);
            if (schema.Kind is { } kind)
                json.WriteString("kind", kind);
            json.WriteStartArray("columns");
            foreach (CsvColumn column in schema.Columns)
                Write(json, column);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    static void Write(Utf8JsonWriter json, CsvColumn column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("kind", column.Kind.ToString());
        Write(json, "values", column.Values);
        json.WriteNumber("fill", column.Fill);
        if (column.Decimal == ',')
            json.WriteString("decimal", ",");
        if (column.IsPercent)
            json.WriteBoolean("percent", true);
        if (column.Offset != 0)
            json.WriteNumber("offset", column.Offset);
        if (column.Kind == CsvColumnKind.Date)
            json.WriteString("order", column.Order.ToString());
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static CsvSchema Read(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            CsvColumn[] columns =
                [.. json.RootElement.GetProperty("columns").EnumerateArray().Select(ReadColumn)];
            CsvColumnKind[] targets = [.. columns.Where(column => column.IsTarget).Select(column => column.Kind)];
            if (targets.Length == 0 || targets.Length > 1 && targets.Contains(CsvColumnKind.TargetClass))
                throw new FormatException("there must be one target, or several of numbers");
            return new(columns, [])
            {
                Separator = Optional(json.RootElement, "separator")?.GetString() is [var separator] ? separator : ',',
                HasHeader = Optional(json.RootElement, "header")?.GetBoolean(),
                Missing = Optional(json.RootElement, "missing") is { } missing ? Texts(missing) : null,
                Kind = Optional(json.RootElement, "kind")?.GetString(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException)
        {
            throw new FormatException($"This is no schema of a table ({e.Message.TrimEnd('.')}). Expected what "
                + "CsvSchema.ToText wrote.", e);
        }
    }

    static CsvColumn ReadColumn(JsonElement json)
    {
        string name = json.GetProperty("name").GetString()!;
        CsvColumnKind kind = Enum.Parse<CsvColumnKind>(json.GetProperty("kind").GetString()!);
        string[] values = Texts(json.GetProperty("values"));
        float fill = json.GetProperty("fill").GetSingle();
        bool hasValues = kind is CsvColumnKind.Category or CsvColumnKind.TargetClass;
        return Enum.IsDefined(kind) && name is not null && !values.Contains(null) && hasValues == values.Length > 0
            && float.IsFinite(fill) && (kind != CsvColumnKind.Category || fill >= 0 && fill < values.Length)
            ? new(name, kind, values, fill)
            {
                Decimal = Optional(json, "decimal")?.GetString() == "," ? ',' : '.',
                IsPercent = Optional(json, "percent")?.GetBoolean() ?? false,
                Offset = Optional(json, "offset")?.GetDecimal() ?? 0,
                Order = Enum.Parse<DateOrder>(Optional(json, "order")?.GetString() ?? nameof(DateOrder.YearFirst)),
            }
            : throw new FormatException($"the column {name} is not whole");
    }

    static JsonElement? Optional(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value : null;

    static string[] Texts(JsonElement json) => [.. json.EnumerateArray().Select(value => value.GetString()
        ?? throw new FormatException("a text is missing"))];
}
