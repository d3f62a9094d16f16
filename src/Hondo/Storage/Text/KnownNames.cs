using Hondo.Data;

namespace Hondo.Storage;

/// <summary>Says which known name was probably meant.</summary>
static class KnownNames
{
    /// <summary><c> Did you mean Linear?</c>, or nothing when no known name is near.</summary>
    public static string Advice(string word, IEnumerable<string> known) =>
        Spelling.Nearest(word, known) is { } nearest ? $" Did you mean {nearest}?" : "";
}
