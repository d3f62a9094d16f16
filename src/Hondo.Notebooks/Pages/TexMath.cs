using System.Text;

namespace Hondo.Notebooks;

/// <summary>
/// Formulas as the courses write them, from TeX to MathML, which browsers draw by themselves. What it does not know
/// stays as it was written.
/// </summary>
static class TexMath
{
    public static string ToMathMl(string tex, bool isBlock)
    {
        var reader = new Reader(tex);
        string body = reader.Row("");
        string source = HtmlText.Escape(tex.Trim());
        return $"<math{(isBlock ? " display=\"block\"" : "")}><semantics><mrow>{body}</mrow>"
            + $"<annotation encoding=\"application/x-tex\">{source}</annotation></semantics></math>";
    }

    sealed class Reader(string tex)
    {
        const int MostDepth = 60;
        int _at, _depth;

        public string Row(string end)
        {
            var row = new StringBuilder();
            while (!IsAt(end))
                row.Append(Scripted());
            return row.ToString();
        }

        bool IsAt(string end)
        {
            while (_at < tex.Length && char.IsWhiteSpace(tex[_at]))
                _at++;
            if (_at >= tex.Length)
                return true;
            if (end.Length == 0 || !tex.AsSpan(_at).StartsWith(end))
                return false;
            _at += end.Length;
            return true;
        }

        string Scripted()
        {
            string item = Item(), below = "", above = "";
            while (_at < tex.Length && tex[_at] is '_' or '^' or '\'')
                if (tex[_at] == '\'')
                    (above, _at) = (above + "<mo>′</mo>", _at + 1);
                else if (tex[_at++] == '_')
                    below = Argument();
                else
                    above += Argument();
            bool isLimit = item.Contains('∑', StringComparison.Ordinal) || item.Contains('∏', StringComparison.Ordinal)
                || item.Contains(">max<", StringComparison.Ordinal) || item.Contains(">min<", StringComparison.Ordinal)
                || item.Contains(">lim<", StringComparison.Ordinal);
            return (below, above) switch
            {
                ("", "") => item,
                (_, "") => isLimit ? $"<munder>{item}{Group(below)}</munder>" : $"<msub>{item}{Group(below)}</msub>",
                ("", _) => $"<msup>{item}{Group(above)}</msup>",
                _ => isLimit ? $"<munderover>{item}{Group(below)}{Group(above)}</munderover>"
                    : $"<msubsup>{item}{Group(below)}{Group(above)}</msubsup>",
            };
        }

        static string Group(string row) => $"<mrow>{row}</mrow>";

        string Argument()
        {
            while (_at < tex.Length && tex[_at] == ' ')
                _at++;
            return _at < tex.Length ? Item() : "";
        }

        string Item()
        {
            if (_at >= tex.Length)
                return "";
            char c = tex[_at++];
            if (c == '{')
            {
                if (++_depth > MostDepth)
                    _at = tex.Length;
                string row = Row("}");
                _depth--;
                return Group(row);
            }
            if (c == '\\')
                return Command();
            if (char.IsAsciiDigit(c))
            {
                int start = _at - 1;
                while (_at < tex.Length && (char.IsAsciiDigit(tex[_at]) || tex[_at] == '.'))
                    _at++;
                return $"<mn>{tex[start.._at]}</mn>";
            }
            return char.IsLetter(c) ? $"<mi>{c}</mi>" : c is '&' or '}' ? ""
                : $"<mo>{HtmlText.Escape(c == '-' ? "−" : c == '*' ? "∗" : c.ToString())}</mo>";
        }

        string Command()
        {
            int start = _at;
            while (_at < tex.Length && char.IsAsciiLetter(tex[_at]))
                _at++;
            if (_at == start)
                _at = Math.Min(tex.Length, _at + 1);
            string name = tex[start.._at];
            switch (name)
            {
                case "frac" or "tfrac" or "dfrac":
                    return $"<mfrac>{Group(Argument())}{Group(Argument())}</mfrac>";
                case "sqrt":
                    return $"<msqrt>{Argument()}</msqrt>";
                case "text" or "mathrm" or "operatorname" or "textbf" or "mathit":
                    return $"<mtext>{HtmlText.Escape(Braces())}</mtext>";
                case "mathbf" or "boldsymbol" or "vec" or "mathbb" or "mathcal":
                    return $"<mstyle style=\"font-weight:bold\">{Argument()}</mstyle>";
                case "hat" or "bar" or "tilde" or "overline":
                    string mark = name switch { "hat" => "^", "tilde" => "~", _ => "¯" };
                    return $"<mover accent=\"true\">{Group(Argument())}<mo>{mark}</mo></mover>";
                case "left" or "right" or "big" or "Big" or "bigl" or "bigr":
                    return "";
                case "begin" or "end":
                    _ = Braces();
                    return "";
                case "\\":
                    return "<mspace linebreak=\"newline\"/>";
                case "," or ";" or ":" or " " or "quad" or "qquad" or "!":
                    return $"<mspace width=\"{(name is "quad" or "qquad" ? "1em" : "0.2em")}\"/>";
            }
            return TexSymbols.Of(name);
        }

        string Braces()
        {
            if (_at >= tex.Length || tex[_at] != '{' || tex.IndexOf('}', _at) is var end && end < 0)
                return "";
            string inner = tex[(_at + 1)..end];
            _at = end + 1;
            return inner;
        }
    }
}
