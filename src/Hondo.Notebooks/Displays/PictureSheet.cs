using System.Globalization;
using System.Text;
using Hondo.Tensors;

namespace Hondo.Notebooks;

/// <summary>A batch of pictures as one drawing, with a caption below each.</summary>
static class PictureSheet
{
    const int MostPictures = 200, LeastSide = 72, MostSide = 224, Gap = 8, LineHeight = 16, CharacterWidth = 7;

    public static MimeBundle Of(Tensor images, IReadOnlyList<string>? captions, int columns)
    {
        Shape shape = images.Shape;
        if (shape.Rank is not (3 or 4) || shape[^1] is not (1 or 3) || shape.Size == 0)
            throw new ShapeException($"Pictures needs [batch, height, width, channels] with 1 or 3 channels, "
                + $"or one picture without the batch axis, but got {shape}.");
        if (Rich.PictureFormat is not { } format)
            return new($"pictures {shape}");
        int count = shape.Rank == 4 ? shape[0] : 1, height = shape[^3], width = shape[^2], channels = shape[^1];
        int shown = Math.Min(count, MostPictures), size = height * width * channels;
        columns = Math.Clamp(columns, 1, shown);
        float[] numbers = images.ToArray<float>();
        int side = Math.Clamp(width, LeastSide, MostSide), tall = Math.Max(1, side * height / width);
        int below = captions is null ? 0 : LineHeight;
        var svg = Begin(columns * (side + Gap) + Gap, (shown + columns - 1) / columns * (tall + below + Gap) + Gap,
            Spoken.Text($"{shown} pictures of {height} by {width}"));
        for (int i = 0; i < shown; i++)
        {
            int x = Gap + i % columns * (side + Gap), y = Gap + i / columns * (tall + below + Gap);
            byte[] file = format.Encode(numbers.AsSpan(i * size, size), height, width, channels);
            svg.Append(CultureInfo.InvariantCulture, $"<image x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{tall}\" ")
                .Append(side > width ? "style=\"image-rendering:pixelated\" " : "")
                .Append("href=\"data:").Append(format.MediaType).Append(";base64,")
                .Append(Convert.ToBase64String(file)).Append("\"/>\n");
            if (captions is not null && i < captions.Count)
                svg.Append(CultureInfo.InvariantCulture,
                    $"<text x=\"{x + side / 2}\" y=\"{y + tall + 12}\"><title>{HtmlText.Escape(captions[i])}</title>")
                    .Append(HtmlText.Escape(Short(captions[i], side / CharacterWidth + 1))).Append("</text>\n");
        }
        string text = Spoken.Text($"{shown} pictures {height}×{width}")
            + (captions is null ? "" : ": " + string.Join(", ", captions.Take(shown)));
        return new MimeBundle(text).With("image/svg+xml", svg.Append("</svg>\n").ToString());
    }

    static StringBuilder Begin(int width, int height, string label) => new(string.Create(CultureInfo.InvariantCulture,
        $$"""
        <svg class="hondo-pictures" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{width}} {{height}}"
          width="{{width}}" height="{{height}}" role="img" aria-label="{{label}}">
        <style>
        .hondo-pictures text { font: 12px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; text-anchor: middle }
        .hondo-pictures text { fill: #1b1f24 }
        .hondo-pictures .paper { fill: #ffffff }
        @media (prefers-color-scheme: dark) {
          .hondo-pictures text { fill: #e6eaee } .hondo-pictures .paper { fill: #16191d }
        }
        </style>
        <rect class="paper" width="{{width}}" height="{{height}}"/>

        """));

    static string Short(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, Math.Max(1, most - 1)), "…");
}
