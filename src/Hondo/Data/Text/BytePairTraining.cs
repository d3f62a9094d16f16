using System.Runtime.InteropServices;
using System.Text;

namespace Hondo.Data;

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
