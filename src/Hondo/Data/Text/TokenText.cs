using System.Text;

namespace Hondo.Data;

/// <summary>How characters are shown to people.</summary>
static class TokenText
{
    /// <summary>A character with its code: <c>'ñ' (U+00F1)</c>; one that cannot be seen has its code only.</summary>
    public static string Describe(Rune rune) =>
        Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? $"U+{rune.Value:X4}" : $"'{rune}' (U+{rune.Value:X4})";

    /// <summary>A token on one line: white space and what is no text are escaped.</summary>
    public static string Visible(ReadOnlySpan<byte> token)
    {
        var text = new StringBuilder();
        while (token.Length > 0)
        {
            bool isWhole = Rune.DecodeFromUtf8(token, out Rune rune, out int length)
                == System.Buffers.OperationStatus.Done;
            text.Append(!isWhole ? $"\\x{token[0]:X2}" : rune.Value switch
            {
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when Rune.IsControl(rune) => $"\\u{rune.Value:X4}",
                _ => rune.ToString(),
            });
            token = token[(isWhole ? length : 1)..];
        }
        return text.ToString();
    }
}
