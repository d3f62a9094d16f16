namespace Hondo.Insights;

/// <summary>What a classifier predictions, as pictures of plain pixels: confusion matrix and worst mistakes.</summary>
static class PredictionPictures
{
    const int Cell = 12, Columns = 6, Border = 2;

    /// <summary>
    /// Rows are the true classes, columns the predictions; the darker, the larger the share of the row.
    /// </summary>
    public static ProtoWriter Confusion(Predictions predictions, IPictureFormat format)
    {
        int classes = predictions.Confusion.Classes, side = classes * Cell;
        var pixels = new float[side * side];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                long row = predictions.Confusion.Actual(y / Cell);
                pixels[y * side + x] = row == 0 ? 1 : 1 - (float)predictions.Confusion[y / Cell, x / Cell] / row;
            }
        return SummaryValues.Picture("confusion matrix (rows true, columns predicted)", side, side, 1,
            format.Encode(pixels, side, side, 1));
    }

    /// <summary>The pictures with the largest loss, worst first; null when there are none.</summary>
    public static ProtoWriter? Mistakes(Predictions predictions, IPictureFormat format)
    {
        if (predictions.Data.Sample is not [var height, var width, (1 or 3) and var channels]
            || predictions.Worst.Count == 0)
            return null;
        int rows = (predictions.Worst.Count + Columns - 1) / Columns,
            high = rows * (height + Border) - Border, wide = Columns * (width + Border) - Border;
        var sheet = new float[high * wide * channels];
        sheet.AsSpan().Fill(1);
        var sample = new float[predictions.Data.Sample.Size];
        for (int i = 0; i < predictions.Worst.Count; i++)
        {
            predictions.Data.Features.CopyTo(predictions.Worst[i].Row, sample);
            int top = i / Columns * (height + Border), left = i % Columns * (width + Border);
            for (int y = 0; y < height; y++)
                sample.AsSpan(y * width * channels, width * channels)
                    .CopyTo(sheet.AsSpan(((top + y) * wide + left) * channels));
        }
        return SummaryValues.Picture("worst mistakes", high, wide, channels,
            format.Encode(sheet, high, wide, channels));
    }
}
