using System.Globalization;
using Hondo.Data;

namespace Hondo.Cli;

/// <summary>What is to be predicted: samples, and those that cannot be read or hold something unknown.</summary>
sealed record PredictInput(Features Features, IReadOnlyDictionary<int, DataFormatException> Problems,
    IReadOnlyDictionary<int, string> Unknown)
{
    static readonly char[] Separators = [',', ';', '\t', '|', ' '];

    PredictInput(Features features) : this(features, new Dictionary<int, DataFormatException>(),
        new Dictionary<int, string>())
    { }

    PredictInput(CsvRows rows) : this(rows.Features, rows.Problems, rows.Unknown) => Gaps = rows.Gaps;

    /// <summary>The rows in which something is missing, and where.</summary>
    public IReadOnlyDictionary<int, string> Gaps { get; } = new Dictionary<int, string>();

    /// <summary>Reads a picture, a file of images, a table, rows of numbers.</summary>
    /// <param name="word">A path, <c>-</c> for standard input, or a row: <c>5.1,3.5,1.4,0.2</c>.</param>
    /// <param name="model">The model, which knows what a sample looks like.</param>
    /// <param name="terminal">Has standard input.</param>
    public static PredictInput Read(string word, LoadedModel model, Terminal terminal)
    {
        if (word == "-")
            return Table(terminal.In.ReadToEnd(), "standard input", model);
        if (!File.Exists(word))
            return IsRow(word) ? Table(word, "the row", model)
                : throw new DataFormatException(word, "", "there is no such file",
                    "Name a picture, a .csv or IDX file, give a row such as 5.1,3.5,1.4,0.2, or - for standard input.");
        if (ImageFile.IsNamedLikeOne(word))
            return model.InputShape is [_, _, 1 or 3] ? new(Picture(word, model, terminal))
                : throw new DataFormatException(word, "", $"this is a picture, but the model takes "
                    + $"{model.InputShape}", "Give it data of the kind that it was trained on.");
        if (!Path.GetFileName(word).Contains("idx", StringComparison.OrdinalIgnoreCase))
            return model.Schema is { } schema ? new(schema.ReadRows(word)) : Table(File.ReadAllText(word), word, model);
        IdxArray images = IdxFile.Read(word);
        return new(new ByteFeatures(images.Values, images.Shape is [_, var height, var width]
            ? [height, width, 1]
            : images.Shape[1..]));
    }

    static Features Picture(string path, LoadedModel model, Terminal terminal)
    {
        Features sample = ImageFolder.Sample(ImageFile.Read(path), model.InputShape, model.Crop);
        if (model.Normalization is { } normalization && NegativePicture.Find(sample, normalization) is { } warning)
            terminal.Error.WriteLine($"{path}: {warning}");
        return sample;
    }

    // A word that is no path: it has fields, or is a number.
    static bool IsRow(string word) => word.IndexOfAny(Separators) >= 0 && !word.Contains('/', StringComparison.Ordinal)
        || double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    static PredictInput Table(string text, string name, LoadedModel model)
    {
        text = text.TrimStart('\ufeff');
        if (string.IsNullOrWhiteSpace(text))
            throw new DataFormatException(name, "", "there is nothing to predict", "Give rows of numbers.");
        if (model.Schema is { } schema)
            return new(schema.ParseRows(text, name));
        int width = model.InputShape.Size;
        List<float> numbers = [];
        var problems = new Dictionary<int, DataFormatException>();
        foreach ((int i, string line) in text.Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line) || numbers.Count == 0 && IsHeader(line, width))
                continue;
            if (Row(line, i + 1, name, width, out DataFormatException? problem) is { } row)
                numbers.AddRange(row);
            else
            {
                problems.Add(numbers.Count / width, problem!);
                numbers.AddRange(new float[width]);
            }
        }
        return new(new FloatFeatures([.. numbers], model.InputShape), problems, new Dictionary<int, string>());
    }

    // Names, and not a number among them: a row with one wrong cell is a row.
    static bool IsHeader(string line, int width) => Fields(line, width).All(field =>
        field.Length > 0 && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        && field.Any(char.IsLetter));

    // The fields by the separator that cuts out what the model takes, or one more: a file to train on has the target.
    static string[] Fields(string line, int width)
    {
        foreach (char separator in Separators)
            if (Cut(line, separator) is var fields && (fields.Length == width || fields.Length == width + 1))
                return fields;
        return Cut(line, Separators.MaxBy(separator => Cut(line, separator).Length));
    }

    static string[] Cut(string line, char separator) => separator == ' '
        ? line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        : line.Split(separator, StringSplitOptions.TrimEntries);

    static float[]? Row(string line, int number, string name, int width, out DataFormatException? problem)
    {
        string[] words = Fields(line, width);
        problem = words.Length == width || words.Length == width + 1 ? null : new(name, $"line {number}",
            words.Length == 1 ? $"there is 1 value, but the model takes {width}"
                : $"there are {words.Length} values, but the model takes {width}", "Separate them with commas.");
        var row = new float[width];
        for (int i = 0; i < width && problem is null; i++)
            if (!float.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i])
                || !float.IsFinite(row[i]))
                problem = new(name, $"line {number}", float.IsInfinity(row[i]) ? $"'{words[i]}' is not a finite number"
                    : $"'{words[i]}' is not a number", "Correct it.");
        return problem is null ? row : null;
    }
}
