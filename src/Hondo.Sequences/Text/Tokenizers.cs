using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hondo.Data;

/// <summary>What any tokenizer can do, and its text in a model's file.</summary>
public static class Tokenizers
{
    // A JSON text inside a JSON text is hard enough to read without \u escapes.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The tokenizer that <see cref="ITokenizer.ToText"/> wrote.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static ITokenizer FromText(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 3 });
            JsonProperty property = json.RootElement.EnumerateObject().Single();
            return property.Name switch
            {
                "characters" => new Characters(new Vocabulary(
                    property.Value.GetString()!.EnumerateRunes().Select(rune => rune.ToString()))),
                "words" => new Words(new Vocabulary(property.Value.EnumerateArray().Select(word => word.GetString()!))),
                "bytePairs" => new BytePairs(property.Value.EnumerateArray().Select(number => number.GetInt32())
                    .Chunk(2).Select(pair => (pair[0], pair[1]))),
                var kind => throw new FormatException($"there is no tokenizer '{kind}'"),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or IndexOutOfRangeException
            or FormatException)
        {
            throw new FormatException($"The model's vocabulary cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The text of tokens; bytes that are no UTF-8 become U+FFFD.</summary>
    public static string Decode(this ITokenizer tokenizer, ReadOnlySpan<int> tokens)
    {
        using var bytes = new MemoryStream();
        foreach (int token in tokens)
            bytes.Write(tokenizer.Bytes(token));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    internal static string Write(string kind, Action<Utf8JsonWriter> value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WritePropertyName(kind);
            value(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
