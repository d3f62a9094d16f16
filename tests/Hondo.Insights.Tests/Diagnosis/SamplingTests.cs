using Hondo.Data;

namespace Hondo.Insights.Tests;

public sealed class SamplingTests
{
    [Theory]
    [InlineData(1, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    [InlineData(100_352, 64)]
    public void One_of_each_stretch_is_taken_and_at_most_as_many_as_asked(int count, int most)
    {
        var sampling = new Sampling(count, most);
        int[] places = [.. Enumerable.Range(0, sampling.Count).Select(i => sampling[i])];
        Assert.InRange(places.Length, 1, most);
        Assert.Equal(places.Order().Distinct(), places);
        Assert.All(places, place => Assert.InRange(place, 0, count - 1));
    }

    // 128 pictures of 28 × 28 places: evenly spaced rows would be the same corner of every picture.
    [Fact]
    public void No_layout_makes_it_keep_to_one_pixel_of_every_picture()
    {
        var sampling = new Sampling(128 * 28 * 28, 128);
        Assert.InRange(Enumerable.Range(0, sampling.Count).Select(i => sampling[i] % (28 * 28)).Distinct().Count(),
            100, 128);
    }

    [Fact]
    public void Every_look_draws_anew_and_in_the_end_everything_was_seen()
    {
        var sampling = new Sampling(160, 16);
        Assert.Equal(160, Enumerable.Range(0, 200).SelectMany(round => Enumerable.Range(0, sampling.Count)
            .Select(i => sampling[i, round])).Distinct().Count());
    }

    // The first unit fires at one pixel of each picture only, and that is not the first: it is alive.
    [Fact]
    public void A_unit_that_fires_in_the_middle_of_pictures_is_alive()
    {
        DataSplits digits = Datasets.Digits();
        IReadOnlyList<Finding> findings = Patients.Examine(new(digits.Train.Take(1280)), new Layers.Sequential(
            new Layers.Conv2d(1, 4, 3), new Layers.Relu(), new Layers.MaxPool2d(2), new Layers.Flatten(),
            new Layers.Linear(676, 10)), new Losses.CrossEntropy(), Patients.Adam(0.001), epochs: 1, batch: 128);
        Assert.DoesNotContain(findings, finding => finding.Code == "dead-relus");
    }
}
