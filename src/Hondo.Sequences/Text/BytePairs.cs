using System.Runtime.InteropServices;
using System.Text;

namespace Hondo.Data;

/// <summary>
/// Byte-pair encoding (Gage 1994; Sennrich et al. 2016, arXiv:1508.07909) of UTF-8 bytes: tokens 0 to 255 are the
/// bytes, each further one joins two tokens that often stand side by side. It takes every text, known characters or
/// not, and gives it back unchanged.
/// </summary>
public sealed class BytePairs : ITokenizer
{
    const int Letters = 256;

    readonly (int Left, int Right)[] _merges;
    readonly Dictionary<(int, int), int> _ranks = [];
    readonly byte[][] _bytes;

    /// <summary>The encoding of the given merges, in their order.</summary>
    /// <param name="merges">Pairs of tokens; the i-th becomes token 256 + i.</param>
    /// <exception cref="FormatException">One names a token that does not exist before it, or is there twice.
    /// </exception>
    public BytePairs(IEnumerable<(int Left, int Right)> merges)
    {
        _merges = [.. merges];
        _bytes = new byte[Letters + _merges.Length][];
        for (int token = 0; token < _bytes.Length; token++)
            _bytes[token] = token < Letters ? [(byte)token] : Join(token);
    }

    byte[] Join(int token)
    {
        (int left, int right) = _merges[token - Letters];
        if ((uint)left >= (uint)token || (uint)right >= (uint)token || !_ranks.TryAdd((left, right), token))
            throw new FormatException($"The byte pair ({left}, {right}) cannot become token {token}.");
        return [.. _bytes[left], .. _bytes[right]];
    }

    /// <summary>Learns the pairs of a text: the most frequent one first, of equals the one of smaller tokens.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">How many tokens to have, 256 or more; fewer when no pair occurs twice.</param>
    public static BytePairs Of(string text, int tokens = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, Letters);
        return new(new BytePairTraining(text).Merges(tokens - Letters));
    }

    /// <inheritdoc/>
    public string Unit => "byte pair";

    /// <inheritdoc/>
    public int Count => _bytes.Length;

    /// <summary>The pairs joined, in order.</summary>
    public IReadOnlyList<(int Left, int Right)> Merges => _merges;

    /// <inheritdoc/>
    public int[] Encode(string text, string name = "the text")
    {
        List<int> tokens = [];
        Dictionary<string, int[]> known = new(StringComparer.Ordinal);
        var byPiece = known.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ReadOnlySpan<char> piece in new TextPieces(text))
        {
            if (!byPiece.TryGetValue(piece, out int[]? encoded))
                byPiece[piece] = encoded = EncodePiece(piece.ToString());
            tokens.AddRange(encoded);
        }
        return [.. tokens];
    }

    // The pair that was learnt first is joined first, as in training.
    int[] EncodePiece(string piece)
    {
        List<int> tokens = [.. Encoding.UTF8.GetBytes(piece)];
        while (true)
        {
            int best = int.MaxValue;
            for (int i = 0; i + 1 < tokens.Count; i++)
                if (_ranks.TryGetValue((tokens[i], tokens[i + 1]), out int token))
                    best = Math.Min(best, token);
            if (best == int.MaxValue)
                return [.. tokens];
            Replace(tokens, _merges[best - Letters], best);
        }
    }

    /// <summary>Puts a token in the place of each pair, from left to right.</summary>
    internal static void Replace(List<int> tokens, (int Left, int Right) pair, int token)
    {
        int count = 0;
        for (int i = 0; i < tokens.Count; i++)
            if (i + 1 < tokens.Count && tokens[i] == pair.Left && tokens[i + 1] == pair.Right)
                (tokens[count++], i) = (token, i + 1);
            else
                tokens[count++] = tokens[i];
        tokens.RemoveRange(count, tokens.Count - count);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int token) => _bytes[token];

    /// <inheritdoc/>
    public string ToText() => Tokenizers.Write("bytePairs", json =>
    {
        json.WriteStartArray();
        foreach ((int left, int right) in _merges)
        {
            json.WriteNumberValue(left);
            json.WriteNumberValue(right);
        }
        json.WriteEndArray();
    });
}

/// <summary>
/// Finds the pairs to join. Each different piece of the text is looked at once, with its count, and after a join only
/// the pieces that hold the pair are counted again.
/// </summary>
sealed class BytePairTraining
{
    readonly List<List<int>> _pieces = [];
    readonly List<long> _counts = [];
    readonly Dictionary<(int, int), long> _pairs = [];
    readonly Dictionary<(int, int), HashSet<int>> _places = [];

    public BytePairTraining(string text)
    {
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        var byPiece = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (ReadOnlySpan<char> piece in new TextPieces(text))
            CollectionsMarshal.GetValueRefOrAddDefault(byPiece, piece, out _)++;
        foreach ((string piece, long count) in counts)
        {
            _pieces.Add([.. Encoding.UTF8.GetBytes(piece)]);
            _counts.Add(count);
            Count(_pieces.Count - 1, sign: 1);
        }
    }

    public List<(int, int)> Merges(int most)
    {
        List<(int, int)> merges = [];
        while (merges.Count < most && Best() is { } pair)
        {
            foreach (int piece in _places[pair].ToArray())
            {
                Count(piece, sign: -1);
                BytePairs.Replace(_pieces[piece], pair, 256 + merges.Count);
                Count(piece, sign: 1);
            }
            merges.Add(pair);
        }
        return merges;
    }

    // The order of a dictionary is no order: of equally frequent pairs the smaller one is taken, on any machine.
    (int, int)? Best()
    {
        (int, int)? best = null;
        long most = 1;
        foreach ((var pair, long count) in _pairs)
            if (count > most || (count == most && best is { } other && pair.CompareTo(other) < 0))
                (best, most) = (pair, count);
        return best;
    }

    void Count(int piece, int sign)
    {
        List<int> tokens = _pieces[piece];
        for (int i = 0; i + 1 < tokens.Count; i++)
        {
            var pair = (tokens[i], tokens[i + 1]);
            ref long count = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, pair, out _);
            count += sign * _counts[piece];
            if (sign > 0)
                (CollectionsMarshal.GetValueRefOrAddDefault(_places, pair, out _) ??= []).Add(piece);
            else
                _places[pair].Remove(piece);
            if (count == 0)
                _pairs.Remove(pair);
        }
    }
}
