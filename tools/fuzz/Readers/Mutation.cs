using System.Buffers.Binary;
using System.Text;

namespace Hondo.Fuzz.Readers;

/// <summary>Damages bytes or texts: a little, so that readers come far before they meet it.</summary>
static class Mutation
{
    static readonly long[] Numbers =
        [0, 1, -1, 127, 255, 32_767, 65_535, 65_536, 1 << 24, 1 << 30, int.MaxValue, uint.MaxValue, long.MaxValue];

    static readonly string[] Words =
    [
        "2147483647", "-2147483648", "4294967296", "9223372036854775807", "-1", "0", "1e999", "-1e999", "NaN", "1e-400",
        "0.1", "65536", "46341", "true", "null", "\"\"", "[]", "{}", "[[", "((", "))", ",", ",,", ":", "\"", "\\",
        "\\u0000",
        "\\ud800", "\r", "\r\n", "\n\n", "\t", ";", "\0", "\uFEFF", "%", "1,250", "1.234,5", "é", "𝄞", " ",
    ];

    /// <summary>Some damage.</summary>
    public static byte[] Of(byte[] good, Random random)
    {
        byte[] bytes = [.. good];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
            bytes = Once(bytes, random);
        return bytes;
    }

    /// <summary>Some damage to a text: other numbers, doubled and lost parts, odd characters.</summary>
    public static string Of(string good, Random random)
    {
        var text = new StringBuilder(good);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
            Once(text, random);
        return text.ToString();
    }

    static byte[] Once(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return [(byte)random.Next(256)];
        // Half of the damage is where headers are.
        int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Length, 64) : bytes.Length);
        int length = Math.Min(bytes.Length - at, 1 << random.Next(10));
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                return bytes[..at];
            case 3:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 4:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            case 5:
                random.NextBytes(bytes.AsSpan(at, Math.Min(length, 16)));
                return bytes;
            default:
                WriteNumber(bytes.AsSpan(at), random);
                return bytes;
        }
    }

    static void WriteNumber(Span<byte> into, Random random)
    {
        Span<byte> number = stackalloc byte[8];
        long value = Numbers[random.Next(Numbers.Length)];
        int size = 1 << random.Next(4);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, value << (64 - (8 * size)));
        number[..Math.Min(size, into.Length)].CopyTo(into);
    }

    static void Once(StringBuilder text, Random random)
    {
        int at = random.Next(text.Length + 1), length = Math.Min(text.Length - at, 1 << random.Next(7));
        string word = Words[random.Next(Words.Length)];
        switch (random.Next(7))
        {
            case 0:
                text.Remove(at, length);
                break;
            case 1:
                text.Insert(at, text.ToString(at, length));
                break;
            case 2:
                text.Insert(at, word);
                break;
            case 3:
                text.Insert(at, string.Concat(Enumerable.Repeat(word, 1 << random.Next(12))));
                break;
            case 4 when at < text.Length:
                text[at] = (char)random.Next(random.Next(2) == 0 ? 128 : 0x10000);
                break;
            default:
                ReplaceNumber(text, at, word);
                break;
        }
    }

    // The next number behind a place becomes another one.
    static void ReplaceNumber(StringBuilder text, int at, string word)
    {
        while (at < text.Length && !char.IsAsciiDigit(text[at]))
            at++;
        int end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or 'e' or '-'))
            end++;
        text.Remove(at, end - at).Insert(at, word);
    }
}
