namespace Hondo.Data;

/// <summary>Keeps samples that are exactly alike in one part of a split: a test of memory would be no test.</summary>
sealed class Twins
{
    readonly int[] _part, _classes;
    readonly int[][] _families;

    // How many samples of its class a part has more than it was to have.
    readonly Dictionary<(int Class, int Part), int> _surplus = [];

    Twins(Dataset data, int[] part, int[] first)
    {
        _part = part;
        _families = [.. first.Index().GroupBy(it => it.Item, it => it.Index).Select(family => family.ToArray())];
        _classes = data.Targets.HasLabels ? [.. Enumerable.Range(0, data.Count).Select(data.Label)]
            : new int[data.Count];
    }

    /// <summary>Moves twins together, and others for them, so that the parts stay as large as they were.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="part">The part of each, changed in place.</param>
    /// <param name="count">How many parts there are.</param>
    public static void Gather(Dataset data, int[] part, int count)
    {
        int[] first = Leakage.Twins(data);
        // A family for each row of a large table would take as much memory as the table.
        if (!Enumerable.Range(0, part.Length).Any(i => part[i] != part[first[i]]))
            return;
        var twins = new Twins(data, part, first);
        int[][] parted = [.. twins._families.Where(family => family.Any(i => part[i] != part[family[0]]))];
        int[] before = Sizes(part, count);
        foreach (int[] family in parted)
            twins.Move(family, Enumerable.Range(0, count).MaxBy(p => (family.Count(i => part[i] == p), -p)));
        twins.Balance(count);
        twins.FillEmpty(before);
    }

    void Balance(int count)
    {
        foreach (int[] family in _families)
        {
            int from = _part[family[0]], kind = _classes[family[0]];
            if (_surplus.GetValueOrDefault((kind, from)) < family.Length)
                continue;
            int to = Enumerable.Range(0, count).MinBy(p => (_surplus.GetValueOrDefault((kind, p)), p));
            if (_surplus.GetValueOrDefault((kind, to)) <= -family.Length)
                Move(family, to);
        }
    }

    void Move(int[] family, int to)
    {
        foreach (int i in family)
        {
            _surplus[(_classes[i], _part[i])] = _surplus.GetValueOrDefault((_classes[i], _part[i])) - 1;
            _surplus[(_classes[i], to)] = _surplus.GetValueOrDefault((_classes[i], to)) + 1;
            _part[i] = to;
        }
    }

    // A part must not go empty because its only samples have twins elsewhere.
    void FillEmpty(int[] before)
    {
        for (int p = 0; p < before.Length; p++)
        {
            if (before[p] == 0 || _part.Contains(p))
                continue;
            int[][] largest = [.. _families.GroupBy(family => _part[family[0]])
                .MaxBy(there => there.Sum(f => f.Length))!];
            // Where all are alike, some twins must part.
            Move(largest.Length > 1 ? largest.MinBy(family => family.Length)! : [largest[0][^1]], p);
        }
    }

    static int[] Sizes(int[] part, int count)
    {
        var sizes = new int[count];
        foreach (int p in part)
            sizes[p]++;
        return sizes;
    }
}
