using System.Globalization;

namespace Hondo.Data.Tests.Csv;

/// <summary>What is decided of a column, from all of its cells.</summary>
public sealed class CsvDecisionTests
{
    internal static string Rows(string header, int count, Func<int, string> row) =>
        header + "\n" + string.Concat(Enumerable.Range(0, count).Select(i => row(i) + "\n"));

    internal static CsvSchema Fit(string text, CsvOptions? options = null) =>
        CsvSchema.Fit(CsvTable.Parse(text, "text.csv", options ?? new()), options);

    internal static Dataset Open(string text, CsvOptions? options = null)
    {
        CsvTable table = CsvTable.Parse(text, "text.csv", options ?? new());
        return CsvSchema.Fit(table, options).Encode(table, "text");
    }

    internal static float[] Row(Dataset data, int row)
    {
        var sample = new float[data.Sample.Size];
        data.CopySample(row, sample);
        return sample;
    }

    [Theory]
    [InlineData("")]
    [InlineData("3,5")]
    public void Thousands_between_commas_are_refused_whatever_another_column_holds(string city)
    {
        string text = Rows("city,area,price", 40, i => $"\"{(i == 7 ? city : "t" + i % 9)}\",\"1,{200 + i}\",{i * 10}");
        Refused.With("1,200 can be 1200 or 1.2, and so can every number of the column", () => Fit(text));
        Assert.Equal(1239, Row(Open(text, new() { Decimal = '.', Task = CsvTask.Numbers }), 39)[^1]);
        Assert.Equal(1.239f, Row(Open(text, new() { Decimal = ',', Task = CsvTask.Numbers }), 39)[^1]);
    }

    [Theory]
    [InlineData("1,234.5", 1200)]
    [InlineData("999", 0)]
    [InlineData("12,345,678", 1200)]
    public void One_cell_that_can_be_read_in_one_way_only_decides(string cell, double expected)
    {
        string text = Rows("a,b", 30, i => $"\"{(i == 3 ? cell : "1,200")}\",{i % 2}");
        if (expected == 0)
            Refused.With("--decimal", () => Fit(text));
        else
            Assert.Equal(expected, Row(Open(text), 0)[0]);
    }

    [Fact]
    public void German_numbers_are_read_and_the_decision_is_kept()
    {
        string text = Rows("flaeche;zins;preis", 60, i => $"{1 + i % 9}.{100 + i},00;1,{10 + i};{700 + i}.623,50");
        CsvSchema schema = CsvSchema.FromText(Fit(text).ToText());
        Dataset data = schema.Encode(schema.Parse(text, "text"), "text");
        Assert.Equal([1100, 1.10f], Row(data, 0));
        Assert.Equal(700_623.5f, ((RegressionTargets)data.Targets).Values[0]);
        Assert.Contains("semicolon, decimal comma, header; target preis: numbers; features flaeche, zins",
            Fit(text).Summary, StringComparison.Ordinal);
        Assert.Equal([2500, 1.25f], Sample(schema.ParseRows("2.500;1,25", "row")));
        Assert.Single(schema.ParseRows("2500;1.25", "row").Problems);
    }

    [Fact]
    public void A_column_is_written_as_its_siblings_are_where_it_could_be_read_both_ways()
    {
        Assert.Equal([1.25f, 0.5f], Row(Open(Rows("a;b;k", 30, i => $"1,25{i % 9};0,5{i};{i % 2}")), 0));
        Assert.Equal([1.25f, 0.5f], Row(Open(Rows("a;b;k", 30, i => $"1.25{i % 9};0.5{i};{i % 2}")), 0));
        Refused.With("--decimal", () => Fit(Rows("a;b;k", 30, i => $"1.25{i % 9};5;{i % 2}")));
        Assert.Equal([1.25f], Row(Open(Rows("a,k", 30, i => $"{1 + i % 3}.250,{i % 2}")), 0));
    }

    [Fact]
    public void A_decimal_mark_that_was_told_and_does_not_fit_is_said()
    {
        Assert.Contains("--decimal , is not for it", Fit(Rows("a;k", 30, i => $"1.5{i};{i % 2}"),
            new() { Decimal = ',' }).Notes[0], StringComparison.Ordinal);
        Assert.Empty(Fit(Rows("a;k", 30, i => $"1,5{i};{i % 2}"), new() { Decimal = ',' }).Notes);
        Assert.Empty(Fit(Rows("a;k", 30, i => $"{i};{i % 2}"), new() { Decimal = ',' }).Notes);
    }

    [Fact]
    public void Point_and_comma_in_one_column_are_refused() =>
        Refused.With("some numbers have a decimal point and some a decimal comma, such as 1.5 and 2,5",
            () => Fit(Rows("a;k", 30, i => $"{(i % 2 == 0 ? "1.5" : "2,5")};{i % 2}")));

    [Fact]
    public void Percentages_are_shares_and_half_of_them_are_refused()
    {
        Assert.Equal([0.5f], Row(Open(Rows("a,k", 30, i => $"{50 + i}%,{i % 2}")), 0));
        Refused.With("percent", () => Fit(Rows("a,k", 30, i => $"{50 + i}{(i % 2 == 0 ? "%" : "")},{i % 2}")));
    }

    [Fact]
    public void Currencies_are_left_out_and_two_of_them_refused()
    {
        Assert.Equal([1200, -5], Row(Open(Rows("a,b,k", 30, i => $"\"${1 + i % 3},200.00\",({5 + i}.00 €),{i % 2}")),
            0));
        Refused.With("another currency", () => Fit(Rows("a,k", 30, i => $"{(i % 2 == 0 ? "$" : "€")}{i},{i % 2}")));
    }

    [Fact]
    public void A_dash_among_numbers_is_a_gap_and_said()
    {
        CsvSchema schema = Fit(Rows("a,k", 30, i =>
            $"{(i == 4 ? "-" : i.ToString(CultureInfo.InvariantCulture))},{i % 2}"));
        Assert.Equal(["a"], schema.FeatureNames);
        Assert.Contains("1 missing value of a becomes the mean", schema.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_are_days_and_a_later_one_is_answered()
    {
        CsvSchema schema = Fit(Rows("day,temp,k", 400, i =>
            $"2024-03-{1 + i % 29:00},{i % 17}.5,{(i % 2 == 0 ? "a" : "b")}"));
        Assert.Contains("features day (a date), temp", schema.Summary, StringComparison.Ordinal);
        schema = CsvSchema.FromText(schema.ToText());
        Assert.Equal([32, 11], Sample(schema.ParseRows("day,temp\n2024-04-02,11\n", "new")));
    }

    [Theory]
    [InlineData("{0:00}/03/2024", true)]
    [InlineData("03/{0:00}/2024", true)]
    [InlineData("{0:00}.03.2024", true)]
    [InlineData("202403{0:00}", true)]
    [InlineData("2024-03-{0:00} 12:30", true)]
    public void Dates_of_many_forms_are_days(string form, bool isRead)
    {
        Dataset data = Open(Rows("day,x,k", 60, i => string.Format(CultureInfo.InvariantCulture, form, 1 + i % 29)
            + $",{i % 7},{i % 2}"));
        Assert.Equal(isRead, data.Features.Names.Contains("day"));
        Assert.Equal(9, Row(data, 9)[0] - Row(data, 0)[0], 1e-4);
    }

    [Fact]
    public void What_is_named_as_missing_and_occurs_nowhere_is_said()
    {
        string text = Rows("x,k", 60, i => $"{i % 10}.5,{(i % 2 == 0 ? "a" : "b")}");
        Assert.Equal("no cell is '-999': --missing -999 changes nothing.", Assert.Single(Fit(text,
            new() { Missing = ["-999", "3.5"] }).Notes, note => note.Contains("--missing", StringComparison.Ordinal)));
        Assert.Throws<ArgumentException>(() => CsvSchema.Fit(CsvTable.Parse(text, "text.csv"),
            new() { Missing = ["3.5"] }));
    }

    [Fact]
    public void A_date_that_is_none_or_stands_for_none_is_told()
    {
        Refused.With("'2024-02-30' is not a date, but 98.3 % of the column's values are", () => Fit(Rows("day,x,k", 60,
            i => $"2024-02-{(i == 9 ? 30 : i % 28 + 1):00},{i % 7},{i % 2}")));
        Refused.With("its dates are written in several orders", () => Fit(Rows("day,x,k", 60,
            i => $"{(i % 2 == 0 ? "13/01/2024" : "01/14/2024")},{i % 7},{i % 2}")));
        string far = Rows("day,x,k", 60, i => (i % 5 == 0 ? "9999-12-31" : $"2024-02-{i % 28 + 1:00}")
            + $",{i % 7},{i % 2}");
        Assert.Contains(Fit(far).Notes, note => note.EndsWith("say --missing 9999-12-31.", StringComparison.Ordinal));
        Assert.Equal(12, Fit(far, new() { Missing = ["9999-12-31"] }).Columns[0].Gaps);
    }

    [Fact]
    public void Dates_with_two_readings_are_left_out_and_said()
    {
        CsvSchema schema = Fit(Rows("day,x,k", 60, i => $"0{1 + i % 9}/03/2024,{i % 7},{i % 2}"));
        Assert.Equal(["x"], schema.FeatureNames);
        Assert.Contains(schema.Notes, note => note.Contains("day or month may stand first", StringComparison.Ordinal));
    }

    internal static float[] Sample(CsvRows rows)
    {
        Assert.Empty(rows.Problems);
        var sample = new float[rows.Features.Sample.Size];
        rows.Features.CopyTo(0, sample);
        return sample;
    }
}
