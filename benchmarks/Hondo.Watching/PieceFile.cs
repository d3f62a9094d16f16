namespace Hondo.Watching;

/// <summary>Keeps the pieces of several runs.</summary>
static class PieceFile
{
    /// <summary>Adds pieces to a file, if there is one, and reads all that are in it.</summary>
    public static IReadOnlyList<Piece> Keep(string file, IReadOnlyList<Piece> pieces)
    {
        if (file.Length == 0)
            return pieces;
        int before = File.Exists(file) ? Read(file).Max(piece => piece.Block) + 1 : 0;
        File.AppendAllLines(file, pieces.Select(piece => $"{piece.Block + before}\t{piece.Kind}\t{piece.Seconds:R}\t"
            + $"{piece.Processor:R}\t{piece.Rounds}"));
        return [.. Read(file)];
    }

    static IEnumerable<Piece> Read(string file) => File.ReadLines(file).Select(line => line.Split('\t'))
        .Select(words => new Piece(int.Parse(words[0]), Enum.Parse<Kind>(words[1]), double.Parse(words[2]),
            double.Parse(words[3]), int.Parse(words[4])));
}
