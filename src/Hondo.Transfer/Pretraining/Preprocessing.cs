using System.Globalization;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Transfer;

/// <summary>
/// How a published network wants its pictures: the middle of the picture, square, x ← (x − mean) / deviation in each
/// channel, pixels from 0 to 255.
/// </summary>
/// <param name="Side">Height and width of what the network sees, in pixels.</param>
/// <param name="ShorterSide">What the shorter side of a picture is brought to before the middle is cut out;
/// <paramref name="Side"/> or more.</param>
/// <param name="Mean">The mean of red, green and blue, 0 to 255.</param>
/// <param name="Deviation">The deviation of each, above 0.</param>
/// <param name="IsBlueFirst">True for files whose first channel is blue, as Caffe's.</param>
public sealed record Preprocessing(int Side, int ShorterSide, IReadOnlyList<float> Mean,
    IReadOnlyList<float> Deviation, bool IsBlueFirst = false)
{
    const float FullScale = 255;

    /// <summary>Mean and deviation of ImageNet's training pictures, as torchvision and its kin subtract them.</summary>
    public static Preprocessing ImageNet(int side, int shorterSide) => new(side, shorterSide,
        [0.485f * FullScale, 0.456f * FullScale, 0.406f * FullScale],
        [0.229f * FullScale, 0.224f * FullScale, 0.225f * FullScale]);

    /// <summary>Pixels from −1 to 1, as TensorFlow's networks for phones take them.</summary>
    public static Preprocessing Centered(int side, int shorterSide) =>
        new(side, shorterSide, [128, 128, 128], [128, 128, 128]);

    /// <summary>Blue before red, and the means of ImageNet subtracted, as Caffe's networks take them.</summary>
    public static Preprocessing Caffe(int side) => new(side, 256, [123, 117, 104], [1, 1, 1], IsBlueFirst: true);

    /// <summary>
    /// The preprocessing of a text: <c>imagenet</c> (mean and deviation of torchvision), <c>caffe</c> (means
    /// subtracted, blue first), <c>centered</c> (−1 to 1), <c>unit</c> (0 to 1) or <c>bytes</c> (0 to 255), and after
    /// it what differs: <c>size 224</c>, <c>shorter 256</c>, <c>mean 123.7,116.3,103.5</c>, <c>deviation 58.4</c>
    /// (in bytes), <c>bgr</c>, <c>rgb</c>.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="sample">The shape of a sample where it is known.</param>
    /// <exception cref="DataFormatException">A word is not known, or a number is missing.</exception>
    public static Preprocessing Parse(string text, Shape? sample)
    {
        var words = new Queue<string>(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        int side = sample is [var height, var width, _] ? Math.Min(height, width) : UsualSide;
        Preprocessing made = ImageNet(side, side >= SmallestCut ? side * 8 / 7 : side);
        while (words.TryDequeue(out string? word))
            made = word.ToLowerInvariant() switch
            {
                "imagenet" => made.Like(ImageNet(1, 1)),
                "caffe" => made.Like(Caffe(1)),
                "centered" => made with { Mean = [FullScale / 2], Deviation = [FullScale / 2] },
                "unit" => made with { Mean = [0], Deviation = [FullScale] },
                "bytes" => made with { Mean = [0], Deviation = [1] },
                "bgr" => made with { IsBlueFirst = true },
                "rgb" => made with { IsBlueFirst = false },
                "size" => made with { Side = (int)Numbers(words, word)[0] },
                "shorter" => made with { ShorterSide = (int)Numbers(words, word)[0] },
                "mean" => made with { Mean = Numbers(words, word) },
                "deviation" => made with { Deviation = Numbers(words, word) },
                _ => throw Wrong(text, $"'{word}' is no word of it"),
            };
        int most = Math.Max(made.Mean.Count, made.Deviation.Count);
        made = made with
        {
            Mean = Spread(made.Mean, most),
            Deviation = Spread(made.Deviation, most),
            ShorterSide = Math.Max(made.Side, made.ShorterSide),
        };
        return made.Side >= 1 && made.Deviation.All(d => d > 0) ? made
            : throw Wrong(text, "a size is below 1, or a deviation is not above 0");
    }

    const int UsualSide = 224, SmallestCut = 160;

    Preprocessing Like(Preprocessing other) =>
        this with { Mean = other.Mean, Deviation = other.Deviation, IsBlueFirst = other.IsBlueFirst };

    static IReadOnlyList<float> Spread(IReadOnlyList<float> numbers, int count) =>
        numbers.Count == count ? numbers : [.. Enumerable.Repeat(numbers[0], count)];

    static float[] Numbers(Queue<string> words, string before)
    {
        List<float> numbers = [];
        foreach (string word in words.TryDequeue(out string? next) ? next.Split(',') : [])
            if (float.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
                && float.IsFinite(number))
                numbers.Add(number);
        return numbers.Count is 1 or 3 ? [.. numbers] : throw Wrong(before,
            $"behind '{before}' there must be one number, or three with commas between them");
    }

    static DataFormatException Wrong(string text, string why) => new($"--preprocess {text}", "", why,
        "Write for example: imagenet; caffe; mean 127.5 deviation 127.5 bgr size 224 shorter 256.");

    /// <summary>The shape of a sample, [height, width, 3].</summary>
    public Shape Sample => [Side, Side, 3];

    /// <summary>The share of the shorter side that the network sees, above 0 to 1.</summary>
    public double Crop => (double)Side / ShorterSide;

    /// <summary>The same subtraction and division for pixels from 0 to 1 in the order red, green, blue.</summary>
    public Normalization Normalization => new([.. Mean.Select(m => m / FullScale)],
        [.. Deviation.Select(d => d / FullScale)]);

    /// <summary>
    /// Makes a network take red before blue: instead of each picture's channels the weights of its first convolution
    /// are turned around, once.
    /// </summary>
    /// <exception cref="ArgumentException">The network wants blue first and begins with no convolution.</exception>
    public void TakeRedFirst(Layer model)
    {
        if (!IsBlueFirst)
            return;
        Conv2d first = model.Layers.OfType<Conv2d>().FirstOrDefault()
            ?? throw new ArgumentException("The network has no convolution whose channels could be turned around.",
                nameof(model));
        first.Weight.Set(first.Weight.Value.Flip(2)); // [height, width, inputs, outputs]
    }

    /// <summary>The same in words: <c>the middle 224×224 of 256, red first, (x - 128) / 128</c>.</summary>
    public override string ToString()
    {
        string cut = Side == ShorterSide ? $"{Side}×{Side}" : $"the middle {Side}×{Side} of {ShorterSide}";
        string order = IsBlueFirst ? "blue first" : "red first";
        return $"{cut}, {order}, (x - {Text(Mean)}) / {Text(Deviation)}";

        static string Text(IReadOnlyList<float> values) => values.Distinct().Count() == 1
            ? FormattableString.Invariant($"{values[0]:0.###}")
            : "[" + string.Join(", ", values.Select(v => FormattableString.Invariant($"{v:0.###}"))) + "]";
    }
}
