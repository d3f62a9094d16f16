namespace Hondo.Data.Tests;

public sealed class PictureReaderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData(256, 1.0, 3)]
    [InlineData(64, 1.0, 3)]
    [InlineData(97, 0.875, 3)]
    [InlineData(300, 1.0, 3)]
    [InlineData(64, 1.0, 1)]
    public void A_picture_decoded_in_memory_used_again_has_the_bits_of_one_decoded_alone(int side, double crop,
        int channels)
    {
        Draw(256, channels);
        Dataset data = ImageFolder.Open(_scratch.Folder, "pictures", new()
        {
            Height = side,
            Crop = crop,
            CacheBytes = 0,
        }).Train;
        float[] sample = new float[data.Sample.Size];
        for (int i = 0; i < data.Count; i++)
        {
            data.CopySample(i, sample);
            Image alone = ImageResize.Cover(ImageFile.Read(_scratch[$"{"ab"[i]}/x.png"]), side, side, crop: crop);
            Assert.Equal(alone.Pixels.Select(value => value / 255f), sample);
        }
    }

    [Fact]
    public void A_picture_that_is_not_kept_leaves_nothing_of_its_size_to_the_collector()
    {
        Draw(256, channels: 3);
        Dataset data = ImageFolder.Open(_scratch.Folder, "pictures", new() { Height = 256, CacheBytes = 0 }).Train;
        float[] sample = new float[data.Sample.Size];
        data.CopySample(0, sample);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
            data.CopySample(i % 2, sample);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 * 256 * 256 / 4);
    }

    void Draw(int side, int channels)
    {
        var random = new Random(1);
        foreach (string kind in (string[])["a", "b"])
        {
            var image = new Image(side, side, channels);
            random.NextBytes(image.Pixels);
            Directory.CreateDirectory(_scratch[kind]);
            ImageFile.Write(_scratch[kind + "/x.png"], image);
        }
    }
}
