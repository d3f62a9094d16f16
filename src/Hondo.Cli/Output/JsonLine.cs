using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hondo.Cli.Output;

/// <summary>Writes one JSON object on one line.</summary>
static class JsonLine
{
    // The lines go to programs and terminals, never into a web page: ² and × stay readable.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="writer">Where the line goes.</param>
    /// <param name="properties">Writes the properties of the object.</param>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> properties)
    {
        writer.WriteLine(Of(properties));
        writer.Flush();
    }

    /// <summary>The object as text.</summary>
    public static string Of(Action<Utf8JsonWriter> properties)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            properties(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
