using System.Globalization;
using Hondo.Data;

namespace Hondo.Cli;

/// <summary>Reads what is to be predicted: a picture, a file of images, a table, rows of numbers.</summary>
static class PredictInput
{
    /// <param name="word">A path, <c>-</c> for standard input, or a row: <c>5.1,3.5,1.4,0.2</c>.</param>
    /// <param name="model">The model, which knows what a sample looks like.</param>
    /// <param name="terminal">Has standard input.</param>
    public static Features Read(string word, LoadedModel model, Terminal terminal)
    {
        if (word == "-")
            return Table(terminal.In.ReadToEnd(), "standard input", model);
        if (!File.Exists(word))
            return word.Contains(',', StringComparison.Ordinal) ? Table(word, "the row", model)
                : throw new DataFormatException(word, "", "there is no such file",
                    "Name a picture, a .csv or IDX file, give a row such as 5.1,3.5,1.4,0.2, or - for standard input.");
        if (ImageFile.IsNamedLikeOne(word))
            return model.InputShape is [_, _, 1 or 3] ? Picture(word, model, terminal)
                : throw new DataFormatException(word, "", $"this is a picture, but the model takes "
                    + $"{model.InputShape}", "Give it data of the kind that it was trained on.");
        if (!Path.GetFileName(word).Contains("idx", StringComparison.OrdinalIgnoreCase))
            return model.Schema is { } schema ? schema.EncodeFeatures(schema.Read(word))
                : Table(File.ReadAllText(word), word, model);
        IdxArray images = IdxFile.Read(word);
        return new ByteFeatures(images.Values, images.Shape is [_, var height, var width]
            ? [height, width, 1]
            : images.Shape[1..]);
    }

    static Features Picture(string path, LoadedModel model, Terminal terminal)
    {
        Features sample = ImageFolder.Sample(ImageFile.Read(path), model.InputShape);
        if (model.Normalization is { } normalization && NegativePicture.Find(sample, normalization) is { } warning)
            terminal.Error.WriteLine($"{path}: {warning}");
        return sample;
    }

    static FloatFeatures Table(string text, string name, LoadedModel model)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new DataFormatException(name, "", "there is nothing to predict", "Give rows of numbers.");
        if (model.Schema is { } schema)
            return schema.EncodeFeatures(schema.Parse(text, name));
        int width = model.InputShape.Size;
        List<float> numbers = [];
        foreach ((int i, string line) in text.Split('\n').Index())
            if (!string.IsNullOrWhiteSpace(line) && !(i == 0 && IsHeader(line)))
                numbers.AddRange(Row(line, i + 1, name, width));
        return new FloatFeatures([.. numbers], model.InputShape);
    }

    static bool IsHeader(string line) =>
        !float.TryParse(line.Split(',')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // A file that the model could have been trained on has the target as one more, last column.
    static IEnumerable<float> Row(string line, int number, string name, int width)
    {
        string[] words = line.Split(',', StringSplitOptions.TrimEntries);
        if (words.Length != width && words.Length != width + 1)
            throw new DataFormatException(name, $"line {number}",
                $"there are {words.Length} values, but the model takes "
                + $"{width}", "Separate them with commas.");
        foreach (string word in words[..width])
            yield return float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                && float.IsFinite(value) ? value
                : throw new DataFormatException(name, $"line {number}", $"'{word}' is not a number", "Correct it.");
    }
}
