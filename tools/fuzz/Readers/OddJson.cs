using System.Text;

namespace Hondo.Fuzz.Readers;

/// <summary>JSON by a grammar of oddities: valid for the most part, and never what a reader expects.</summary>
static class OddJson
{
    static readonly string[] Names =
    [
        "event", "step", "epoch", "loss", "seconds", "train", "dev", "status", "name", "message", "started", "data",
            "layers",
        "elapsed", "learningRate", "command", "process", "metrics", "", "__proto__", "\\ud800", "a.b",
    ];

    static readonly string[] Values =
    [
        "0", "-0", "1e999", "-1e999", "1e-999", "2147483648", "9223372036854775808", "1.7976931348623157e309", "0.1",
            "NaN",
        "Infinity", "true", "null", "\"\"", "\"done\"", "\"running\"", "\"\\ud800\"", "\"\\u0000\"", "\"1\"",
        "\"2026-13-40T99:99\"",
        "\"../../x\"", "\"<script>\"", "\"\\u001b[31m\"", "[]", "{}", "[null]", "[[]]", "01", "'x'", "//x", ",", "\"",
        "",
    ];

    /// <summary>One line of it.</summary>
    public static string Of(Random random)
    {
        var text = new StringBuilder();
        if (random.Next(40) == 0)
            return new string(random.Next(2) == 0 ? '[' : '{', 1 << random.Next(4, 14));
        Write(text, random, random.Next(1, 5));
        return text.ToString();
    }

    static void Write(StringBuilder text, Random random, int depth)
    {
        if (depth == 0 || random.Next(4) == 0)
        {
            text.Append(Values[random.Next(Values.Length)]);
            return;
        }
        bool isObject = random.Next(4) > 0;
        text.Append(isObject ? '{' : '[');
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            if (isObject)
                text.Append('"').Append(Names[random.Next(Names.Length)]).Append("\":");
            Write(text, random, depth - 1);
            text.Append(i > 1 ? "," : "");
        }
        text.Append(isObject ? '}' : ']');
    }
}
