using Hondo.Data;
using Hondo.Kernels;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Data;

public sealed class AugmentationTests
{
    const string Everything = "shift(2), rotate(10), scale(0.1), shear(10), flip, verticalFlip, brightness, contrast, "
        + "colorJitter, gaussianNoise, erase, cutout(5), randomCrop(3), randomResizedCrop(0.5), mixup, cutmix";

    static readonly Dataset Digits = Datasets.Digits().Test!.Take(60);
    static readonly Shape Small = [5, 4, 2];

    [Fact]
    public void The_same_batches_come_from_any_number_of_threads_and_workers()
    {
        Augmentation augmentation = TransformCatalog.Parse(Everything);
        float[] expected = Numbers(augmentation, workers: 0);
        foreach (int workers in (int[])[1, 3])
            Assert.Equal(expected, Numbers(augmentation, workers));
        int threads = Workers.Count;
        Workers.Count = 1;
        Assert.Equal(expected, Numbers(augmentation, workers: 0));
        Workers.Count = threads;
    }

    public static TheoryData<string> Names =>
        [.. TransformCatalog.All.Signatures.Select(signature => signature.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_transform_depends_on_its_key_alone(string name)
    {
        bool needsNumber = TransformCatalog.All.Signatures.Single(s => s.Name == name).Parameters is [var first, ..]
            && TransformCatalog.All.Signatures.Single(s => s.Name == name).DefaultOf(first) is null;
        ISampleTransform transform = TransformCatalog.All.Parse(needsNumber ? $"{name}(2)" : name);
        HashSet<string> seen = [];
        for (ulong key = 0; key < 16; key++)
        {
            float[] sample = Ramp([6, 6, 3]), again = Ramp([6, 6, 3]);
            transform.Apply(sample, [6, 6, 3], key);
            transform.Apply(again, [6, 6, 3], key);
            Assert.Equal(sample, again);
            seen.Add(string.Join(' ', sample));
        }
        Assert.InRange(seen.Count, 2, 16);
    }

    [Fact]
    public void A_flip_is_a_mirror()
    {
        float[] sample = Ramp(Small), flipped = Ramp(Small), upsideDown = Ramp(Small);
        new Flip(1).Apply(flipped, Small, 1);
        new VerticalFlip(1).Apply(upsideDown, Small, 1);
        for (int y = 0; y < 5; y++)
            for (int x = 0; x < 4; x++)
                for (int c = 0; c < 2; c++)
                {
                    Assert.Equal(sample[At(y, x, c)], flipped[At(y, 3 - x, c)]);
                    Assert.Equal(sample[At(y, x, c)], upsideDown[At(4 - y, x, c)]);
                }
    }

    [Fact]
    public void A_shift_moves_every_pixel_alike_and_brings_in_black()
    {
        HashSet<(int, int)> seen = [];
        for (ulong key = 0; key < 200; key++)
        {
            float[] sample = Ramp(Small), moved = Ramp(Small);
            new Shift(1).Apply(moved, Small, key);
            (int dy, int dx) = Offsets().Single(d => Enumerable.Range(0, 40).All(i => moved[i] == Moved(sample, i, d)));
            seen.Add((dy, dx));
        }
        Assert.Equal(9, seen.Count);

        static float Moved(float[] sample, int i, (int Y, int X) by)
        {
            int y = i / 8 + by.Y, x = i / 2 % 4 + by.X;
            return y is >= 0 and < 5 && x is >= 0 and < 4 ? sample[At(y, x, i % 2)] : 0;
        }
    }

    [Fact]
    public void Warps_in_a_row_are_one_and_agree_with_the_slow_way()
    {
        // What is linear in x and y stays exact under bilinear interpolation, away from the edges.
        Shape shape = [31, 31, 1];
        float[] slow = Linear(shape), fast = Linear(shape);
        Augmentation warps = TransformCatalog.Parse("rotate(20), scale(0.2), shear(10), shift(2), flip");
        warps.Apply(fast, shape, 5);
        for (int i = 0; i < warps.Transforms.Count; i++)
            warps.Transforms[i].Apply(slow, shape, Augmentation.KeyOf(5, i));
        for (int y = 11; y < 20; y++)
            for (int x = 11; x < 20; x++)
                Assert.Equal(slow[y * 31 + x], fast[y * 31 + x], 1e-4f);
        Assert.NotEqual(Linear(shape)[15 * 31 + 12], fast[15 * 31 + 12], 1e-3f);
    }

    [Theory]
    [InlineData("mixup(0.4)")]
    [InlineData("cutmix(1)")]
    public void Mixes_keep_all_brightness_and_all_shares(string text)
    {
        Augmentation mix = TransformCatalog.Parse(text);
        var plain = new Batches(Digits, new() { Size = 16 });
        var mixed = new Batches(Digits, new() { Size = 16, Mixes = mix.Mixes });
        int between = 0;
        foreach (Batch batch in mixed.Epoch(0))
        {
            ReadOnlySpan<float> shares = batch.Targets.Values<float>();
            Assert.Equal([batch.Count, 10], batch.Targets.Shape);
            for (int row = 0; row < batch.Count; row++)
                Assert.Equal(1, Sum(shares.Slice(row * 10, 10)), 1e-5);
            foreach (float share in shares)
                between += share is > 0.02f and < 0.98f ? 1 : 0;
        }
        Assert.NotEqual(0, between);
        Assert.Equal(Total(plain), Total(mixed), 1e-2);
    }

    [Fact]
    public void Color_jitter_of_nothing_changes_nothing()
    {
        float[] sample = [.. Ramp([4, 4, 3]).Select(x => x / 50)], same = [.. sample];
        new ColorJitter(0, 0, 0, 0).Apply(same, [4, 4, 3], 3);
        for (int i = 0; i < sample.Length; i++)
            Assert.Equal(sample[i], same[i], 2e-3f);
    }

    [Fact]
    public void Rows_of_a_table_are_refused_where_pictures_are_needed()
    {
        var error = Assert.Throws<ArgumentException>(() => TransformCatalog.Parse("gaussianNoise, flip").Check([4]));
        Assert.StartsWith("Flip() changes pictures [height, width, channels], but the samples are [4].", error.Message,
            StringComparison.Ordinal);
        TransformCatalog.Parse("gaussianNoise, mixup").Check([4]);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("shift(2), rotate(10), flip", "Shift(2), Rotate(10), Flip()")]
    [InlineData("mixup, vertical-flip(probability: 0.25)", "VerticalFlip(probability: 0.25), Mixup()")]
    public void A_text_reads_as_it_is_written(string text, string printed)
    {
        Assert.Equal(printed, TransformCatalog.Parse(text).ToString());
        Assert.Equal(printed, TransformCatalog.Parse(printed).ToString());
    }

    static float[] Numbers(Augmentation augmentation, int workers)
    {
        List<float> numbers = [];
        foreach (Batch batch in new Batches(Digits, new()
        {
            Size = 16,
            Workers = workers,
            Transform = augmentation,
            Mixes = augmentation.Mixes,
        }))
            numbers.AddRange([.. batch.Inputs.Values<float>(), .. batch.Targets.Values<float>()]);
        return [.. numbers];
    }

    static double Total(Batches batches)
    {
        double sum = 0;
        foreach (Batch batch in batches.Epoch(0))
            sum += Sum(batch.Inputs.Values<float>());
        return sum;
    }

    static double Sum(ReadOnlySpan<float> numbers)
    {
        double sum = 0;
        foreach (float number in numbers)
            sum += number;
        return sum;
    }

    static IEnumerable<(int Y, int X)> Offsets() =>
        from y in Enumerable.Range(-1, 3) from x in Enumerable.Range(-1, 3) select (y, x);

    static int At(int y, int x, int c) => (y * 4 + x) * 2 + c;

    static float[] Ramp(Shape shape) => [.. Enumerable.Range(1, shape.Size).Select(i => (float)(i % 47))];

    static float[] Linear(Shape shape) =>
        [.. Enumerable.Range(0, shape.Size).Select(i => 0.01f * (i % shape[1]) + 0.02f * (i / shape[1]))];
}
