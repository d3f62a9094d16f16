using System.Text;

namespace Hondo.Data.Tests.Csv;

public sealed class CsvTableTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", ',', false)]
    [InlineData("a;b\n1,5;2,5\n3;4\n", ';', true)]
    [InlineData("a\tb\n1\t2\n3\t4\n", '\t', false)]
    [InlineData("a|b\n1|2\n3|4\n", '|', false)]
    [InlineData("1,5;2,5\n3,5;4,5\n", ';', true)]
    [InlineData("a;b\n1.5;2.5\n", ';', false)]
    [InlineData("a,b\n\"x;y;z\",2\n\"p\",3\n", ',', false)]
    [InlineData("a,b\n\"1,5\",\"2,25\"\n3,4\n", ',', true)]
    [InlineData("a,b\n\"1,500\",2.5\n", ',', false)]
    [InlineData("a,b\r\n1,2\r\n", ',', false)]
    public void Delimiter_and_decimal_comma_are_guessed(string text, char delimiter, bool hasDecimalComma)
    {
        CsvTable table = CsvTable.Parse(text, "text");
        Assert.Equal((delimiter, hasDecimalComma), (table.Delimiter, table.HasDecimalComma));
        Assert.Equal(2, table.Columns.Count);
    }

    [Theory]
    [InlineData("x,y\n1,2\n", true)]
    [InlineData("1,2\n3,4\n", false)]
    [InlineData("red,yes\nblue,no\nred,no\n", false)]
    [InlineData("color,good\nblue,no\nred,no\n", true)]
    [InlineData("5.1,setosa\n4.9,setosa\n", false)]
    [InlineData("name,?\n1,2\n", true)]
    public void A_header_is_guessed(string text, bool hasHeader)
    {
        CsvTable table = CsvTable.Parse(text, "text");
        Assert.Equal(hasHeader, table.HasHeader);
        Assert.Equal(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - (hasHeader ? 1 : 0), table.Count);
    }

    [Fact]
    public void A_header_can_be_told()
    {
        Assert.Equal(2, CsvTable.Parse("a,b\n1,2\n", "text", CsvHeader.Absent).Count);
        Assert.Equal(["1", "2"], CsvTable.Parse("1,2\n3,4\n", "text", CsvHeader.Present).Columns);
    }

    [Fact]
    public void Quoted_fields_may_hold_delimiters_quotes_and_line_ends()
    {
        CsvTable table = CsvTable.Parse("a,b\n\"x,\"\"y\"\"\nz\",2\n3,4\n", "text");
        Assert.Equal("x,\"y\"\nz", table[0, 0]);
        Assert.Equal((2, 4), (table.Line(0), table.Line(1)));
    }

    [Fact]
    public void Blanks_around_fields_and_empty_lines_do_not_count()
    {
        CsvTable table = CsvTable.Parse("a , b\n\n 1 ,\t2 \n   \n3,4\n\n", "text");
        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal(("1", "2", 2), (table[0, 0], table[0, 1], table.Count));
        Assert.Equal((3, 5), (table.Line(0), table.Line(1)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void A_byte_order_mark_says_the_encoding(string encoding)
    {
        File.WriteAllText(_scratch["bom.csv"], "año,b\n1,2\n", Encoding.GetEncoding(encoding));
        Assert.Equal(["año", "b"], CsvTable.Read(_scratch["bom.csv"]).Columns);
    }

    [Fact]
    public void A_file_longer_than_the_sample_is_read_whole()
    {
        string path = _scratch.Write("long.csv", "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 50000)));
        Assert.Equal(50000, CsvTable.Read(path).Count);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused() =>
        Refused.With("not UTF-8", () => CsvTable.Read(_scratch.Write("latin.csv", [.. "a,b\n1,"u8, 0xf1, 10])));

    [Fact]
    public void Ragged_rows_are_refused_with_their_line()
    {
        Refused.With("text, line 4: the row has 3 fields, but the first has 2",
            () => CsvTable.Parse("a,b\n1,2\n\n3,4,5\n", "text"));
        Refused.With("line 3: the row has 1 fields", () => CsvTable.Parse("a,b\n1,2\n3\n", "text"));
    }

    [Fact]
    public void A_quote_that_never_closes_is_refused_with_its_line() =>
        Refused.With("line 3: the row cannot be read", () => CsvTable.Parse("a,b\n1,2\n\"3,4\n5,6\n", "text"));

    [Fact]
    public void A_stray_quote_is_refused_with_its_line() =>
        Refused.With("line 2", () => CsvTable.Parse("a,b\n1\"x,2\n", "text"));

    [Fact]
    public void Two_columns_of_one_name_are_refused() =>
        Refused.With("two columns are called 'a'", () => CsvTable.Parse("a,b,a\n1,2,3\n", "text"));

    [Fact]
    public void An_empty_file_is_refused() =>
        Refused.With("empty", () => CsvTable.Read(_scratch.Write("empty.csv")));

    [Fact]
    public void A_file_of_blank_lines_is_refused() =>
        Refused.With("no row", () => CsvTable.Read(_scratch.Write("blank.csv", "\n\n\n")));

    [Fact]
    public void A_header_alone_is_refused() =>
        Refused.With("no row below", () => CsvTable.Parse("a,b\n", "text", CsvHeader.Present));

    [Fact]
    public void A_folder_is_refused() => Refused.With("folder", () => CsvTable.Read(_scratch.Folder));

    [Fact]
    public void A_missing_file_is_refused() => Refused.With("no such file", () => CsvTable.Read(_scratch["none.csv"]));

    [Fact]
    public void Binary_data_is_refused() =>
        Refused.With("binary", () => CsvTable.Read(_scratch.Write("image.csv", [80, 75, 3, 4, 0, 0, 10])));
}
