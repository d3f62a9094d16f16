using Hondo.Autograd;
using Hondo.Data;
using Hondo.Layers;

namespace Hondo.Cli;

/// <summary>Draws what a network looks at.</summary>
static class ExplanationPictures
{
    const int MostMaps = 64, Columns = 8;

    /// <summary>The picture; how much each pixel counts; the places that speak for the class, over the
    /// picture.</summary>
    public static Image Overview(Image picture, Explanation explanation)
    {
        List<Image> pictures = [picture, Hot(explanation.Saliency)];
        if (explanation.Places is { } places)
            pictures.Add(Over(picture.To(1).To(3), ImageResize.To(Hot(places), picture.Height, picture.Width)));
        return ImageSheet.Of(pictures, pictures.Count, leastSide: 224);
    }

    /// <summary>The maps of a layer, each from its least number in black to its largest in white.</summary>
    public static Image Maps(FeatureMaps maps) => ImageSheet.Of([.. Enumerable.Range(0,
        Math.Min(maps.Channels, MostMaps)).Select(channel => Stretched([.. Enumerable.Range(0, maps.Height * maps.Width)
            .Select(at => maps.Values[at * maps.Channels + channel])], maps.Height, maps.Width, 1))], Columns);

    /// <summary>The windows of the first convolution, or null when there is none.</summary>
    public static Image? Filters(Layer model)
    {
        if (model.Layers.OfType<Conv2d>().FirstOrDefault()?.Weight is not { } weight)
            return null;
        (int height, int width, int inputs, int outputs) =
            (weight.Shape[0], weight.Shape[1], weight.Shape[2], weight.Shape[3]);
        int channels = inputs == 3 ? 3 : 1;
        float[] values = weight.Value.ToArray<float>();
        return ImageSheet.Of([.. Enumerable.Range(0, Math.Min(outputs, MostMaps)).Select(output => Stretched(
            [.. from at in Enumerable.Range(0, height * width)
                from channel in Enumerable.Range(0, channels)
                select values[(at * inputs + channel) * outputs + output]], height, width, channels))], Columns);
    }

    static Image Stretched(float[] values, int height, int width, int channels)
    {
        float least = values.Min(), extent = values.Max() - least;
        return Image.Of([.. values.Select(value => extent > 0 ? (value - least) / extent : 0)], height, width,
            channels);
    }

    // From black through red and yellow to white.
    static Image Hot(HeatMap map)
    {
        float most = Math.Max(map.Values.Max(), float.Epsilon);
        return Image.Of([.. map.Values.SelectMany(value =>
            (float[])[3 * value / most, 3 * value / most - 1, 3 * value / most - 2])], map.Height, map.Width, 3);
    }

    static Image Over(Image picture, Image heat) => new([.. picture.Pixels.Zip(heat.Pixels,
        (below, above) => (byte)((below + 2 * above + 1) / 3))], picture.Height, picture.Width, 3);
}
