namespace Hondo.Data;

/// <summary>Guesses the delimiter of a table from its first lines.</summary>
static class CsvDialect
{
    const int MostLines = 50;

    // In this order: commas may be decimal commas between semicolons or tabs, but hardly the other way round.
    static readonly char[] Candidates = [';', '\t', '|', ','];

    /// <summary>The character that cuts every line into as many fields; else the most frequent of the first line.
    /// </summary>
    public static char Delimiter(ReadOnlySpan<char> sample)
    {
        char most = ',';
        int mostCount = 0;
        foreach (char candidate in Candidates)
        {
            (int first, bool isConstant) = Count(sample, candidate);
            if (first > 0 && isConstant)
                return candidate;
            if (first > mostCount)
                (most, mostCount) = (candidate, first);
        }
        return most;
    }

    // How often a character occurs in the first record, outside quotes, and whether all records have as many.
    static (int First, bool IsConstant) Count(ReadOnlySpan<char> sample, char candidate)
    {
        int first = -1, count = 0, lines = 0;
        bool isQuoted = false, isBlank = true;
        foreach (char c in sample)
            if (c is '\n' or '\r' && !isQuoted)
            {
                if (!isBlank && first >= 0 && count != first)
                    return (first, false);
                if (!isBlank && first < 0)
                    first = count;
                if (!isBlank && ++lines == MostLines)
                    break;
                (count, isBlank) = (0, true);
            }
            else
            {
                isQuoted ^= c == '"';
                count += c == candidate && !isQuoted ? 1 : 0;
                isBlank &= char.IsWhiteSpace(c) && c != candidate;
            }
        // The last line may be cut off by the end of the sample, so it counts only when it is all there is.
        return first < 0 ? (count, true) : (first, true);
    }
}
