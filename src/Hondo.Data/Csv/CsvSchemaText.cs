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
        json.WriteStartArray("values");
        foreach (string value in column.Values)
            json.WriteStringValue(value);
        json.WriteEndArray();
        json.WriteNumber("fill", column.Fill);
        json.WriteEndObject();
    }

    public static CsvSchema Read(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            CsvColumn[] columns =
                [.. json.RootElement.GetProperty("columns").EnumerateArray().Select(ReadColumn)];
            return columns.Count(column => column.IsTarget) == 1
                ? new(columns, [])
                : throw new FormatException("there must be one target");
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
        string[] values = [.. json.GetProperty("values").EnumerateArray().Select(value => value.GetString()!)];
        float fill = json.GetProperty("fill").GetSingle();
        bool hasValues = kind is CsvColumnKind.Category or CsvColumnKind.TargetClass;
        return Enum.IsDefined(kind) && name is not null && !values.Contains(null) && hasValues == values.Length > 0
            && float.IsFinite(fill) && (kind != CsvColumnKind.Category || fill >= 0 && fill < values.Length)
            ? new(name, kind, values, fill)
            : throw new FormatException($"the column {name} is not whole");
    }
}
