using System.Text.Json.Nodes;

namespace Hondo.Notebooks;

/// <summary>
/// One thing in the forms that a reader can choose from, by media type: <c>text/plain</c> always, and
/// <c>text/html</c>, <c>image/svg+xml</c>, <c>image/png</c> (base64), <c>text/markdown</c> where there are any.
/// </summary>
/// <param name="text">What a reader without pictures sees.</param>
public sealed class MimeBundle(string text)
{
    readonly SortedDictionary<string, string> _forms = new(StringComparer.Ordinal) { ["text/plain"] = text };

    /// <summary>The forms by media type.</summary>
    public IReadOnlyDictionary<string, string> Forms => _forms;

    /// <summary>The plain text.</summary>
    public string Text => _forms["text/plain"];

    /// <summary>Adds a form.</summary>
    public MimeBundle With(string mediaType, string content)
    {
        _forms[mediaType] = content;
        return this;
    }

    // A notebook with more than this in one place opens nowhere.
    const int MostText = 1_000_000, Most = 32_000_000;

    internal JsonObject ToJson() => new(_forms.Where(form => form.Key == "text/plain" || form.Value.Length <= Most)
        .Select(form => KeyValuePair.Create(form.Key, (JsonNode?)WorkerChannel.Whole(form.Value.Length <= MostText
            || form.Key != "text/plain" ? form.Value
            : $"{form.Value[..MostText]}\n… {form.Value.Length - MostText} more characters are left out"))));
}

/// <summary>Something that knows how it looks in a notebook: implement it and <c>Display(x)</c> shows it so.</summary>
public interface IRich
{
    /// <summary>The forms to choose from.</summary>
    MimeBundle ToRich();
}
