using System.Text;

namespace Hondo.Data.Tests.Csv;

public sealed class CsvTableTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", ',')]
    [InlineData("a;b\n1,5;2,5\n3;4\n", ';')]
    [InlineData("a\tb\n1\t2\n3\t4\n", '\t')]
    [InlineData("a|b\n1|2\n3|4\n", '|')]
    [InlineData("1,5;2,5\n3,5;4,5\n", ';')]
    [InlineData("1.234,5\t2,5\n3,5\t4,5\n", '\t')]
    [InlineData("a;b\n1.5;2.5\n", ';')]
    [InlineData("a,b\n\"x;y;z\",2\n\"p\",3\n", ',')]
    [InlineData("a,b\r\n1,2\r\n", ',')]
    [InlineData("a b\n1 2\n3 4\n", ' ')]
    [InlineData("  0.1   2.5\n 11.1   3\n", ' ')]
    public void The_separator_is_guessed(string text, char separator)
    {
        CsvTable table = CsvTable.Parse(text, "text");
        Assert.Equal((separator, 2), (table.Delimiter, table.Columns.Count));
    }

    [Theory]
    [InlineData('|')]
    [InlineData(';')]
    public void A_mark_inside_one_field_of_each_row_is_no_separator(char mark)
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},Up {i},Drama{mark}Comedy,{i % 4},y\n"));
        CsvTable table = CsvTable.Parse(rows, "movies");
        Assert.Equal((',', 5, $"Drama{mark}Comedy"), (table.Delimiter, table.Columns.Count, table[3, 2]));
    }

    [Fact]
    public void A_separator_can_be_told() =>
        Assert.Equal(2, CsvTable.Parse("a,b:c\n1,5:2\n", "text", new CsvOptions { Separator = ':' }).Columns.Count);

    [Theory]
    [InlineData("a,b,\n1,2,\n3,4,\n")]
    [InlineData("a,b,\n1,2\n3,4\n")]
    [InlineData("a,b\n1,2,\n3,4,\n")]
    public void A_comma_at_the_end_makes_an_empty_column(string text)
    {
        CsvTable table = CsvTable.Parse(text, "text");
        Assert.Equal(["a", "b", "column 3"], table.Columns);
        Assert.Equal(("4", ""), (table[1, 1], table[1, 2]));
    }

    [Fact]
    public void Texts_come_back_as_they_were_written()
    {
        string[] cells = ["007", "7", "3.10", "3.1", "1,250", "1.250", "1e3", "-0", "0.1", "123456789012345678", "+5",
            ".5", "5.", "0.1234567", "-12.5", "1,5", "x", "\"\""];
        string rows = string.Concat(cells.Select((cell, i) => $"{cell};{i}\n"));
        CsvTable table = CsvTable.Parse("a;b\n" + rows, "text");
        Assert.Equal(cells[..^1], Enumerable.Range(0, cells.Length - 1).Select(row => table[row, 0]));
        Assert.Equal("", table[cells.Length - 1, 0]);
        Assert.Equal("1", CsvTable.Parse("a;b\n1.0;2\n", "text")[0, 0]);
    }

    [Fact]
    public void A_long_table_keeps_every_number()
    {
        double[] numbers = [.. Enumerable.Range(0, 100_000).Select(i => i % 3 == 0 ? i * 1000.0 + 7
            : i % 3 == 1 ? Math.Round(i / 7.0, 4) : 16_777_217 + i)];
        CsvTable table = CsvTable.Parse("a,b\n" + string.Concat(numbers.Select((x, i) => FormattableString.Invariant(
            $"{x},{(i % 5 == 0 ? "" : i % 5 == 1 ? "x" : "0.5")}\n"))), "text");
        foreach (int row in (int[])[0, 1, 2, 8191, 8192, 65536, 99_998, 99_999])
        {
            Assert.Equal(numbers[row], double.Parse(table[row, 0], System.Globalization.CultureInfo.InvariantCulture),
                5e-3);
            Assert.Equal(row % 5 == 0 ? "" : row % 5 == 1 ? "x" : "0.5", table[row, 1]);
        }
        Assert.Equal(numbers[99_998].ToString(System.Globalization.CultureInfo.InvariantCulture), table[99_998, 0]);
    }

    [Theory]
    [InlineData("x,y\n1,2\n", true)]
    [InlineData("1,2\n3,4\n", false)]
    [InlineData("red,yes\nblue,no\nred,no\n", false)]
    [InlineData("color,good\nblue,no\nred,no\n", true)]
    [InlineData("5.1,setosa\n4.9,setosa\n", false)]
    [InlineData("name,?\n1,2\n", true)]
    [InlineData("0,1,2,species\n.5,.1,1.5,oak\n.2,.4,1.5,elm\n.4,.1,1.2,oak\n.4,.7,1.1,elm\n", true)]
    [InlineData("1990,1991,1992,1993\n2.5,3.5,1,0\n7,1.5,2,2\n", true)]
    [InlineData("town,1990,1991\nRome,15,16\nOslo,13,14\n", true)]
    [InlineData("id,2020,2021\n1,15,16\n2,13,14\n", true)]
    [InlineData("day,x\n2024-03-01,1\n2024-03-02,2\n", true)]
    [InlineData("2024-03-01,1\n2024-03-02,2\n", false)]
    [InlineData("1,2,3\n4,5,6\n2,8,1\n", false)]
    [InlineData("A,14,7\nB,12,11\nA,3,4\nB,5,5\n", false)]
    [InlineData("1,a,x\n2,b,x\n1,a,y\n2,b,y\n", false)]
    [InlineData(",1.5,2\n3,2.5,1\n", false)]
    [InlineData("a,b,y\n1,2,3\n2,3,4\n4,5,6\n5,6,7\n6,7,8\n7,8,9\n1,3,5\n2,4,6\n5,5,5\n8,8,8\na,b,y\n1,2,3\n", true)]
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
        Refused.With("line 3: the row has 1 field, but the first has 2", () => CsvTable.Parse("a,b\n1,2\n3\n", "text"));
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
