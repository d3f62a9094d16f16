namespace Hondo.Data;

/// <summary>Splits of what happened one after the other.</summary>
public static class TimeSplit
{
    extension(Split split)
    {
        /// <summary>Splits by time: the earliest samples are trained on, the latest tested on. Those of one time stay
        /// together.</summary>
        /// <param name="data">The samples.</param>
        /// <param name="times">When each was, in any unit.</param>
        /// <exception cref="DataFormatException">A part would be empty.</exception>
        public DataSplits ByTime(Dataset data, IReadOnlyList<double> times)
        {
            int[] order = [.. Enumerable.Range(0, data.Count).OrderBy(i => times[data.Row(i)])];
            int[] counts = Apportionment.Counts(data.Count, [split.Train, split.Dev, split.Test]);
            int first = Boundary(counts[0]), second = Boundary(counts[0] + counts[1]);
            if (first == 0 || split.Test > 0 && second == data.Count || split.Dev > 0 && first == second)
                throw new DataFormatException(data.Name, "",
                    $"the split {split} by time of {data.Count:N0} samples leaves a part "
                    + "empty", "Choose other shares, or give more data.");
            Dataset Of(string name, Range range) => data.Part($"{data.Name} {name}", order.AsSpan()[range]);
            return new(Of("train", ..first), split.Dev > 0 ? Of("dev", first..second) : null,
                split.Test > 0 ? Of("test", second..) : null);

            int Boundary(int at)
            {
                int end = at;
                while (end > 0 && end < order.Length && IsSameTime(end))
                    end++;
                // Where all the rest is of one time, it is the other part that grows.
                while (end == order.Length && at > 0 && at < end && IsSameTime(at))
                    at--;
                return end == order.Length ? at : end;
            }

            bool IsSameTime(int at) => times[data.Row(order[at])] == times[data.Row(order[at - 1])];
        }
    }
}
