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
    public void An_unknown_text_counts_as_none_of_the_known_and_is_said()
    {
        CsvRows rows = Schema.ParseRows("size,color\n7,red\n7,purple\n", "rows");
        var sample = new float[4];
        rows.Features.CopyTo(1, sample);
        Assert.Equal([7, 0, 0, 0], sample);
        Assert.Empty(rows.Problems);
        Assert.Contains("line 3, column color: 'purple' was not in the training data. Known are green, red, yellow",
            Assert.Single(rows.Unknown).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc,red\n7,red\n", 0)]
    [InlineData("7,red\nabc,red\n8,red\n", 1)]
    [InlineData("7\n7,red\n", 0)]
    [InlineData("size,color\n7,red\n7,red,1,2\n8,red\n", 1)]
    [InlineData("\ufeffabc;red\n7;red\n", 0)]
    [InlineData("abc red\n 7 red\n", 0)]
    public void A_bad_row_spoils_no_other_and_none_is_dropped(string text, int bad)
    {
        CsvRows rows = Schema.ParseRows(text, "rows");
        Assert.Equal(text.Count('\n') - (text.StartsWith("size", StringComparison.Ordinal) ? 1 : 0),
            rows.Features.Count);
        Assert.Equal([bad], rows.Problems.Keys);
    }

    [Theory]
    [InlineData("size,colour,fruit\n7,red,apple\n", "the column color is missing. Is colour meant?")]
    [InlineData("a,b,c\n7,red,apple\n", "the columns size, color, fruit are missing")]
    public void A_renamed_column_is_named(string text, string message) =>
        Refused.With(message, () => Schema.Encode(Schema.Parse(text, "rows"), "rows"));

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
