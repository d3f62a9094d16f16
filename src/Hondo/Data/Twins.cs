namespace Hondo.Data;

/// <summary>Keeps samples that are exactly alike in one part of a split: a test of memory would be no test.</summary>
static class Twins
{
    /// <summary>Moves twins together, and others for them, so that the parts stay as large as they were.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="part">The part of each, changed in place.</param>
    /// <param name="count">How many parts there are.</param>
    public static void Gather(Dataset data, int[] part, int count)
    {
        int[][] families = [.. Leakage.Twins(data).Index().GroupBy(it => it.Item, it => it.Index)
            .Select(family => family.ToArray())];
        int[][] parted = [.. families.Where(family => family.Any(i => part[i] != part[family[0]]))];
        if (parted.Length == 0)
            return;
        int[] classes = data.Targets is ClassTargets ? [.. Enumerable.Range(0, data.Count).Select(data.Label)]
            : new int[data.Count];
        int[] before = Sizes(part, count);
        // How many samples of its class a part has more than it was to have.
        var surplus = new Dictionary<(int Class, int Part), int>();
        foreach (int[] family in parted)
        {
            int home = Enumerable.Range(0, count).MaxBy(p => (family.Count(i => part[i] == p), -p));
            Move(family, home);
        }
        foreach (int[] family in families)
        {
            int from = part[family[0]], kind = classes[family[0]];
            if (surplus.GetValueOrDefault((kind, from)) < family.Length)
                continue;
            int to = Enumerable.Range(0, count).MinBy(p => (surplus.GetValueOrDefault((kind, p)), p));
            if (surplus.GetValueOrDefault((kind, to)) <= -family.Length)
                Move(family, to);
        }
        FillEmpty();

        void Move(int[] family, int to)
        {
            foreach (int i in family)
            {
                surplus[(classes[i], part[i])] = surplus.GetValueOrDefault((classes[i], part[i])) - 1;
                surplus[(classes[i], to)] = surplus.GetValueOrDefault((classes[i], to)) + 1;
                part[i] = to;
            }
        }

        // A part must not go empty because its only samples have twins elsewhere.
        void FillEmpty()
        {
            for (int p = 0; p < count; p++)
            {
                if (before[p] == 0 || part.Contains(p))
                    continue;
                int[][] largest = [.. families.GroupBy(family => part[family[0]]).MaxBy(there => there.Sum(f =>
                    f.Length))!];
                // Where all are alike, some twins must part.
                Move(largest.Length > 1 ? largest.MinBy(family => family.Length)! : [largest[0][^1]], p);
            }
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
