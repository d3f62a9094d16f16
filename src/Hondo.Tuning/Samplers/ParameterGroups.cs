namespace Hondo.Tuning;

/// <summary>Parameters that always come together, and what the trials that have them got.</summary>
/// <param name="Names">The parameters.</param>
/// <param name="Ranges">Where each may be.</param>
/// <param name="Rows">The places of the trials that have them, in the order given.</param>
/// <param name="Units">Their values on [0, 1], a row for each trial.</param>
sealed record ParameterGroup(string[] Names, ParameterRange[] Ranges, int[] Rows, double[] Units);

/// <summary>The parameters of some trials by which trials have them.</summary>
sealed class ParameterGroups
{
    readonly List<ParameterGroup> _groups = [];
    readonly Dictionary<string, ParameterGroup> _byName = [];

    public ParameterGroups(IReadOnlyList<TrialRecord> trials)
    {
        List<(SuggestedValue First, List<int> Rows, List<double> Units)> all = [];
        Dictionary<string, int> places = [];
        for (int row = 0; row < trials.Count; row++)
            for (int i = 0; i < trials[row].Parameters.Count; i++)
            {
                SuggestedValue one = trials[row].Parameters[i];
                int place = i;
                // Mostly the same ones in the same order.
                if ((i >= all.Count || all[i].First.Name != one.Name) && !places.TryGetValue(one.Name, out place))
                {
                    places.Add(one.Name, place = all.Count);
                    all.Add((one, [], []));
                }
                // Another range of the same name is another question: its trials do not count.
                if (!ReferenceEquals(all[place].First.Range, one.Range) && !all[place].First.Range.Equals(one.Range))
                    continue;
                all[place].Rows.Add(row);
                all[place].Units.Add(one.Range.ToUnit(one.Value));
            }
        foreach (var group in all.GroupBy(one => one.Rows, new SameRows()))
            Add([.. group]);
    }

    /// <summary>All groups, in the order of their first parameter.</summary>
    public IReadOnlyList<ParameterGroup> All => _groups;

    /// <summary>The group of a parameter; null when no trial has it.</summary>
    public ParameterGroup? Find(string name, ParameterRange range) =>
        _byName.TryGetValue(name, out ParameterGroup? group)
            && group.Ranges[Array.IndexOf(group.Names, name)].Equals(range) ? group : null;

    void Add((SuggestedValue First, List<int> Rows, List<double> Units)[] members)
    {
        int count = members[0].Rows.Count, d = members.Length;
        var units = new double[count * d];
        for (int j = 0; j < d; j++)
            for (int i = 0; i < count; i++)
                units[i * d + j] = members[j].Units[i];
        ParameterGroup group = new([.. members.Select(one => one.First.Name)],
            [.. members.Select(one => one.First.Range)], [.. members[0].Rows], units);
        _groups.Add(group);
        foreach (string name in group.Names)
            _byName.Add(name, group);
    }

    sealed class SameRows : IEqualityComparer<List<int>>
    {
        public bool Equals(List<int>? a, List<int>? b) => a!.SequenceEqual(b!);

        public int GetHashCode(List<int> rows)
        {
            var hash = new HashCode();
            foreach (int row in rows)
                hash.Add(row);
            return hash.ToHashCode();
        }
    }
}
