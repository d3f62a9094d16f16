namespace Hondo.Data.Tests.Csv;

public sealed class LargeTableTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Of_a_large_table_whose_cells_are_forgotten_every_number_is_in_its_place()
    {
        const int Rows = 140_000;
        var text = new System.Text.StringBuilder("a,b,y\n");
        for (int i = 0; i < Rows; i++)
            text.Append(i).Append(',').Append(i % 1000).Append(".5,").Append(i * 7 % 911).Append(".25\n");
        DataSplits parts = DataSource.Open(_scratch.Write("large.csv", text.ToString()), new()
        {
            Split = new Split(80, 10, 10),
        }).Parts;
        Features features = parts.Train.Features;
        ReadOnlySpan<float> targets = ((RegressionTargets)parts.Train.Targets).Values;
        Assert.Equal(Rows, features.Count);
        for (int i = 0; i < Rows; i++)
            if (features[i, 0] != i || features[i, 1] != i % 1000 + 0.5f || targets[i] != i * 7 % 911 + 0.25f)
                Assert.Fail($"row {i}: {features[i, 0]}, {features[i, 1]}, {targets[i]}");
    }
}
