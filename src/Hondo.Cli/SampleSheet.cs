using Hondo.Data;

namespace Hondo.Cli;

/// <summary>
/// Draws samples of a data set: a row for each class. With an augmentation a row is one sample, first as it is and then
/// as training meets it in epoch after epoch.
/// </summary>
static class SampleSheet
{
    public const int Columns = 10;

    const int MostRows = 12;

    /// <exception cref="DataFormatException">The samples are no pictures with classes.</exception>
    public static Image Draw(Dataset data, Augmentation? augmentation, ulong seed)
    {
        if (data.Sample.Rank != 3 || data.Sample[2] is not (1 or 3) || !data.Targets.HasLabels)
            throw new DataFormatException(data.Name, "", $"its samples are {data.Sample}, not pictures with classes",
                "Name a data set of pictures.");
        augmentation?.Check(data.Sample);
        int perClass = augmentation is null ? Columns : 1;
        int[][] rows = [.. Enumerable.Range(0, data.Count).GroupBy(data.Label).OrderBy(group => group.Key)
            .Take(MostRows).Select(group => group.Take(perClass).ToArray())];
        Dataset chosen = data.Part("sheet", [.. rows.SelectMany(row => row)]);
        Image[] plain = Pictures(chosen, null, seed, epoch: 0);
        if (augmentation is null)
            return ImageSheet.Of([.. Fill(rows, plain)], Columns);
        Image[][] columns = [plain, .. Enumerable.Range(0, Columns - 1)
            .Select(epoch => Pictures(chosen, augmentation, seed, epoch))];
        return ImageSheet.Of([.. plain.Index().SelectMany(item => columns.Select(column => column[item.Index]))],
            Columns);
    }

    // A class with few samples has white places at the end of its row.
    static IEnumerable<Image> Fill(int[][] rows, Image[] pictures)
    {
        var blank = new Image(pictures[0].Height, pictures[0].Width, pictures[0].Channels);
        blank.Pixels.AsSpan().Fill(255);
        int next = 0;
        foreach (int[] row in rows)
            for (int column = 0; column < Columns; column++)
                yield return column < row.Length ? pictures[next++] : blank;
    }

    static Image[] Pictures(Dataset data, Augmentation? augmentation, ulong seed, int epoch)
    {
        var batches = new Batches(data, new()
        {
            Size = data.Count,
            Order = BatchOrder.AsStored,
            Seed = seed,
            Transform = augmentation,
            Mixes = augmentation?.Mixes ?? [],
        });
        List<Image> pictures = [];
        foreach (Batch batch in batches.Epoch(epoch))
            for (int i = 0; i < batch.Count; i++)
                pictures.Add(Image.Of(batch.Inputs.Values<float>().Slice(i * data.Sample.Size, data.Sample.Size),
                    data.Sample[0], data.Sample[1], data.Sample[2]));
        return [.. pictures];
    }
}
