namespace Hondo.Watching;

/// <summary>
/// What the pieces say. Least squares, with a level of its own for each block of four neighbours, tell what a kind adds
/// to a piece and what a message of the live stream adds, whichever piece it falls into. The interval is that of 2,000
/// draws of whole blocks (bootstrap).
/// </summary>
sealed class Verdict
{
    const int Draws = 2000;
    const double RoundsPerSecond = 1;

    // The machine sometimes takes a core away for a while; nothing that watches takes that long.
    const double Disturbed = 1.3;

    // Kinds that cost, then the messages. In an attack all is watched: the first takes the place of both.
    static readonly Kind[] Kinds = [Kind.Attacked, Kind.Twin, Kind.Watched];

    readonly Piece[][] _blocks;
    readonly Func<Piece, double> _cost;
    readonly double _level, _seconds;

    Verdict(IReadOnlyList<Piece> pieces, Func<Piece, double> cost)
    {
        _blocks = [.. pieces.GroupBy(piece => piece.Block).Select(block => block.ToArray())];
        (_cost, _level, _seconds) = (cost, pieces.Average(cost), pieces.Average(piece => piece.Seconds));
    }

    /// <summary>A line for each comparison.</summary>
    public static void Print(IReadOnlyList<Piece> all)
    {
        double usual = Median(all.Select(piece => piece.Seconds));
        Piece[] disturbed = [.. all.Where(piece => piece.Seconds > Disturbed * usual)];
        HashSet<int> left = [.. disturbed.Select(piece => piece.Block)];
        Piece[] pieces = [.. all.Where(piece => !left.Contains(piece.Block))];
        Console.WriteLine($"{pieces.Length} pieces of {1000 * usual:F1} ms, in {pieces.Length / 4} blocks, with "
            + $"{pieces.Sum(piece => piece.Rounds)} messages of the live stream; left out are {left.Count} blocks with "
            + $"a piece of {Disturbed} times that: " + string.Join(", ", all.GroupBy(piece => piece.Kind)
                .Select(kind => $"{disturbed.Count(piece => piece.Kind == kind.Key)} of {kind.Count()} {kind.Key}")));
        var time = new Verdict(pieces, piece => piece.Seconds);
        var processor = new Verdict(pieces, piece => piece.Processor);
        if (pieces.Any(piece => piece.Kind == Kind.Attacked))
            Show("an attack costs", fit => fit[0]);
        else
        {
            Show("bare beside bare, chance alone", fit => fit[1]);
            Show("progress, metrics, diagnosis", fit => fit[2]);
            Show("the dashboard, read by one client", fit => fit[3]);
            Show("both together", fit => fit[2] + fit[3]);
        }

        void Show(string what, Func<double[], double> figure) => Console.WriteLine(
            $"{what,-34} {time.Say(figure),-34} processor time {processor.Say(figure)}");
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }

    string Say(Func<double[], double> figure)
    {
        var random = new Random(1);
        double[] drawn = [.. Enumerable.Range(0, Draws).Select(_ => figure(Fit(random))).Order()];
        return $"{100 * figure(Fit(null)):F2} % ({100 * drawn[Draws / 40]:F2} to {100 * drawn[^(Draws / 40)]:F2})";
    }

    // What each kind, and the messages of a second, add: as parts of the level.
    double[] Fit(Random? draw)
    {
        int n = Kinds.Length + 1;
        var squares = new double[n, n + 1];
        var x = new double[n];
        for (int i = 0; i < _blocks.Length; i++)
        {
            Piece[] block = _blocks[draw?.Next(_blocks.Length) ?? i];
            double mean = block.Average(_cost);
            foreach (Piece piece in block)
            {
                for (int k = 0; k < n; k++)
                    x[k] = Of(piece, k) - block.Average(one => Of(one, k));
                for (int k = 0; k < n; k++)
                {
                    for (int l = 0; l < n; l++)
                        squares[k, l] += x[k] * x[l];
                    squares[k, n] += x[k] * (_cost(piece) - mean);
                }
            }
        }
        double[] solved = Solve(squares, n);
        // A message's cost is in seconds; those of a piece's time are so many.
        solved[^1] *= RoundsPerSecond * _seconds;
        return Array.ConvertAll(solved, one => one / _level);
    }

    static double Of(Piece piece, int column) => column == Kinds.Length ? piece.Rounds
        : piece.Kind == Kinds[column] ? 1 : 0;

    // Gauss; a kind that never came has no row and costs nothing.
    static double[] Solve(double[,] a, int n)
    {
        for (int k = 0; k < n; k++)
            for (int i = 0; i < n; i++)
                if (i != k && a[k, k] > 1e-9)
                {
                    double share = a[i, k] / a[k, k];
                    for (int j = k; j <= n; j++)
                        a[i, j] -= share * a[k, j];
                }
        return [.. Enumerable.Range(0, n).Select(k => a[k, k] > 1e-9 ? a[k, n] / a[k, k] : 0)];
    }
}
