namespace Hondo.Data.Tests.Csv;

public sealed class CsvMatchTests
{
    static readonly CsvSchema Schema = CsvSchema.Fit(CsvTable.Parse(
        "size,color,fruit\n7,red,apple\n6,green,apple\n8,yellow,banana\n10,red,banana\n", "fruit"));

    [Theory]
    [InlineData("size,color,fruit\n7,red,banana\n")]
    [InlineData("color,size\nred,7\n")]
    [InlineData("more,color,size\n9,red,7\n")]
    [InlineData("7,red\n")]
    [InlineData("7,red,apple\n")]
    [InlineData("7;red\n")]
    public void Rows_to_predict_may_lack_header_target_and_order(string text) =>
        Assert.Equal([7, 0, 1, 0], Features(text));

    [Fact]
    public void Missing_values_are_filled_as_in_training() =>
        Assert.Equal([7.75f, 0, 1, 0], Features("size,color\n,\n"));

    [Fact]
    public void A_missing_column_is_refused() =>
        Refused.With("the column color is missing", () => Schema.EncodeFeatures(
            CsvTable.Parse("size,colour\n7,red\n", "rows", CsvHeader.Present)));

    [Fact]
    public void An_unknown_text_is_refused_with_line_and_column() =>
        Refused.With("line 3, column color: 'purple' was not in the training data. Known are green, red, yellow",
            () => Features("size,color\n7,red\n7,purple\n"));

    [Fact]
    public void An_unknown_class_is_refused_with_its_line() =>
        Refused.With("line 2, column fruit: 'pear' is none of the classes", () =>
            Schema.Encode(Schema.Parse("size,color,fruit\n7,red,pear\n", "rows"), "rows"));

    [Fact]
    public void Too_few_fields_are_refused() =>
        Refused.With("have 1 fields, but 3 or 2 were expected", () => Features("7\n"));

    [Fact]
    public void A_file_without_target_cannot_be_measured() =>
        Refused.With("the column fruit is missing", () =>
            Schema.Encode(Schema.Parse("size,color\n7,red\n", "rows"), "rows"));

    static float[] Features(string text)
    {
        FloatFeatures features = Schema.EncodeFeatures(Schema.Parse(text, "rows"));
        var sample = new float[features.Sample.Size];
        features.CopyTo(0, sample);
        return sample;
    }
}
