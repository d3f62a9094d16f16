namespace Hondo.Data.Tests.Csv;

/// <summary>What is decided of a target, and of what is left out.</summary>
public sealed class CsvTargetTests
{
    static string Rows(string header, int count, Func<int, string> row) => CsvDecisionTests.Rows(header, count, row);

    static CsvSchema Fit(string text, CsvOptions? options = null) => CsvDecisionTests.Fit(text, options);

    static Dataset Open(string text, CsvOptions? options = null) => CsvDecisionTests.Open(text, options);

    static float[] Row(Dataset data, int row) => CsvDecisionTests.Row(data, row);

    static float[] Sample(CsvRows rows) => CsvDecisionTests.Sample(rows);

    [Fact]
    public void A_class_is_its_text()
    {
        Assert.Equal(["07", "7", "007"], Open(Rows("x,k", 30, i =>
            $"{i},{(i % 3) switch { 0 => "7", 1 => "07", _ => "007" }}"))
            .Classes.OrderBy(name => name.Length == 1 ? 1 : name.Length == 2 ? 0 : 2));
        Assert.Equal(["9007199254740992", "9007199254740993"],
            Open(Rows("x,y,id", 60, i => $"{i},{i % 7},{9007199254740992 + i % 2}")).Classes);
        Assert.Equal(["1", "2"], Open(Rows("x,k", 30, i =>
            $"{i},{(i % 3) switch { 0 => "1", 1 => "1.0", _ => "2" }}")).Classes);
        Assert.Equal(["3.1", "3.10"], Open(Rows("x,k", 30, i => $"{i},3.1{(i % 2 == 0 ? "" : "0")}"),
            new() { Task = CsvTask.Classes }).Classes);
    }

    [Fact]
    public void Long_numbers_that_recur_are_classes() =>
        Assert.Equal(3, Open(Rows("x,y,k", 90, i => $"{i},{i % 7},{1 + i % 3}23456789012345678")).Classes.Count);

    [Fact]
    public void Numbered_classes_are_classes_and_counts_are_numbers()
    {
        CsvSchema classes = Fit(Rows("label,a,b", 480, i => $"{i % 24},{i}.5,{i % 7}"), new() { Target = "label" });
        Assert.Contains("target label: 24 classes", classes.Summary, StringComparison.Ordinal);
        Assert.Equal(CsvColumnKind.TargetNumber,
            Fit(Rows("a,age", 480, i => $"{i % 7},{18 + i * 7 % 60}")).Target.Kind);
        Assert.Equal(CsvColumnKind.TargetNumber, Fit(Rows("a,age", 480, i => $"{i % 7},{18 + i % 5}"),
            new() { Task = CsvTask.Numbers }).Target.Kind);
    }

    [Fact]
    public void Large_numbers_keep_their_differences()
    {
        Dataset data = Open(Rows("time,x,k", 60, i => $"{1700000000000 + i},{i % 7},{i % 2}"));
        Assert.Equal(1, Row(data, 1)[0] - Row(data, 0)[0]);
        data = Open(Rows("time,x,k", 60, i => $"{1700000000000000000 + i},{i % 7},{i % 2}"));
        Assert.Equal([0, 1, 59], new[] { 0, 1, 59 }.Select(row => Row(data, row)[0]));
        CsvSchema schema = CsvSchema.FromText(Fit(Rows("time,x,k", 60, i =>
            $"{1700000000000000000 + i},{i % 7},{i % 2}")).ToText());
        Assert.Equal(77, Sample(schema.ParseRows("1700000000000000077,1", "row"))[0]);
    }

    [Fact]
    public void A_target_whose_differences_float32_would_lose_is_refused_by_name() =>
        Refused.With("column time: the numbers of the target lie so close together",
            () => Fit(Rows("x,time", 60, i => $"{i % 7},{1700000000000 + i * 3}")));

    [Fact]
    public void Whole_numbers_that_float32_holds_exactly_are_a_target() =>
        Assert.Equal(60, Open(Rows("x,price", 60, i => $"{i % 7},{1234500 + i}")).Count);

    [Fact]
    public void One_row_and_names_put_in_twice_are_told_where_they_are()
    {
        Refused.With("line 2: there is only one row below the header", () => Fit("a,b\n1,2\n"));
        Refused.With("line 1: there is only one row", () => Fit("a,b\n"));
        Refused.With("line 42, column x: 'x' is not a number",
            () => Fit(Rows("x,y", 40, i => $"{i},{i % 9}.5") + "x,y\n"));
        Refused.With("text.csv, column 2: the target is '5' in every row", () => Fit("1,5\n2,5\n3,5\n4,5\n"));
    }

    [Fact]
    public void NA_and_None_are_values_among_texts_and_gaps_where_told()
    {
        string text = Rows("country,v,kind", 120, i => $"{(i % 3) switch { 0 => "NA", 1 => "ZA", _ => "BW" }},{i}.5,"
            + $"{(i % 4) switch { 0 => "None", 1 => "mild", _ => "bad" }}");
        Assert.Equal(["None", "bad", "mild"], Open(text).Classes);
        Assert.Contains("country=NA", Open(text).Features.Names);
        Assert.Contains(Fit(text).Notes, note => note.Contains("--missing NA", StringComparison.Ordinal));
        Assert.DoesNotContain("country=NA", Open(text, new() { Missing = ["NA"] }).Features.Names);
        Refused.With("the target kind is missing ('None')", () => Fit(text, new() { Missing = ["None"] }));
    }

    [Fact]
    public void Texts_that_differ_by_capitals_stay_apart_and_are_said()
    {
        CsvSchema schema = Fit(Rows("x,k", 30, i => $"{i},{(i % 3) switch { 0 => "Yes", 1 => "yes", _ => "no" }}"));
        Assert.Equal(["Yes", "no", "yes"], schema.Target.Values);
        Assert.Contains("differ by capitals only", schema.Notes[0], StringComparison.Ordinal);
        string columns = Rows("A,a,k", 30, i => $"{i},{i * 2},{i % 2}");
        Assert.Equal("a", Fit(columns, new() { Target = "a" }).Target.Name);
        Assert.Equal("A", Fit(columns, new() { Target = "A" }).Target.Name);
        Refused.With("may be any of the columns Ab, aB", () => Fit(Rows("Ab,aB,k", 30, i => $"{i},{i},{i}"),
            new() { Target = "AB" }));
    }

    [Theory]
    [InlineData("yes", "yes.", "look almost alike")]
    [InlineData("New York", "new_york", "look almost alike")]
    [InlineData("caf\u00e9", "cafe\u0301", "look almost alike")]
    [InlineData("a b", "a\u00a0b", "look almost alike")]
    [InlineData("C", "C++", "")]
    [InlineData("-", "--", "")]
    [InlineData("-1", "1", "")]
    [InlineData("0.5", "5", "")]
    [InlineData("pe\u00f1a", "pena", "")]
    public void Texts_that_look_alike_stay_apart_and_are_said(string one, string other, string said)
    {
        CsvSchema schema = Fit(Rows("x,k", 40, i => $"{i},{(i % 3) switch { 0 => one, 1 => other, _ => "no" }}"));
        Assert.Equal(3, schema.Target.Values.Count);
        Assert.Equal(said.Length > 0, schema.Notes.Any(note => note.Contains("look almost alike",
            StringComparison.Ordinal)));
    }

    [Fact]
    public void A_number_that_never_changes_is_no_target()
    {
        Refused.With("the target is '100' in every row", () => Fit(Rows("x,k", 30, i =>
            $"{i},{(i % 2 == 0 ? "1E2" : "100")}")));
        Refused.With("the target is '2.5' in every row", () => Fit(Rows("x,k", 30, i => $"{i},2.5")));
        Assert.Equal(["100", "1E2"], Fit(Rows("x,k", 30, i => $"{i},{(i % 2 == 0 ? "1E2" : "100")}"),
            new() { Task = CsvTask.Classes }).Target.Values.Order());
    }

    [Theory]
    [InlineData("-999", "say --missing -999.")]
    [InlineData("-999.00", "say --missing -999.")]
    [InlineData("9999", "say --missing 9999.")]
    [InlineData("11", "")]
    public void A_number_that_may_stand_for_a_gap_is_said(string gap, string said)
    {
        string text = Rows("x,k", 60, i => $"{(i % 9 == 0 ? gap : $"{i % 10}.5")},{i % 2}");
        string[] notes = [.. Fit(text).Notes.Where(note => note.Contains("far from all others",
            StringComparison.Ordinal))];
        Assert.Equal(said.Length > 0 ? 1 : 0, notes.Length);
        Assert.All(notes, note => Assert.EndsWith(said, note, StringComparison.Ordinal));
        // Named, it is a gap, however it is written: filled with the mean of the others, and no number any more.
        CsvSchema named = Fit(text, new() { Missing = [said.Length > 0 ? said.Split(' ')[^1].TrimEnd('.') : gap] });
        Assert.Equal(7, named.Columns[0].Gaps);
        Assert.StartsWith("7 missing values of x become the mean, ", Assert.Single(named.Notes),
            StringComparison.Ordinal);
        Assert.InRange(named.Columns[0].Fill, 4.5, 5.5);
        float[] x = CsvDecisionTests.Row(named.Encode(CsvTable.Parse(text, "text.csv"), "text"), 0);
        Assert.Equal(named.Columns[0].Fill, x[0]);
        // Codes beside each other are levels, not gaps.
        Assert.Empty(Fit(Rows("x,k", 60, i => $"{i % 3 - 1},{i % 2}")).Notes);
    }

    [Fact]
    public void Ids_constants_and_empty_columns_are_left_out_and_said() =>
        Assert.EndsWith("features x; not used: user_id (all different), one (the same in every row), e (empty)",
            Fit(Rows("user_id,one,e,x,k", 30, i => $"{i * 7 % 31 + 1000},1,,{i % 5},{i % 2}")).Summary,
            StringComparison.Ordinal);

    [Fact]
    public void The_class_in_the_first_column_is_told_apart_from_the_target()
    {
        string text = string.Concat(Enumerable.Range(0, 80).Select(i =>
            $"{(char)('A' + i % 26)},{i * 7 % 16},{i * 5 % 16}\n"));
        CsvSchema schema = Fit(text);
        Assert.Contains("no header; target column 3: 16 classes; features column 1 (26 texts), column 2",
            schema.Summary,
            StringComparison.Ordinal);
        Assert.Contains(schema.Notes, note => note.Contains("--target 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_targets_are_numbers_by_name()
    {
        string text = Rows("x,u,v", 30, i => $"{i},{i * 2},{i}.5");
        Dataset data = Open(text, new() { Target = "u, v" });
        Assert.Equal(["u", "v"], ((RegressionTargets)data.Targets).Names);
        Assert.Equal([2, 1.5f], ((RegressionTargets)data.Targets).Values[2..4].ToArray());
        CsvSchema schema = CsvSchema.FromText(Fit(text, new() { Target = "u,v" }).ToText());
        Assert.Equal(2, schema.TargetColumns.Count);
        Assert.Equal([5], Sample(schema.ParseRows("5", "row")));
        Refused.With("numbers are to be predicted", () => Fit(Rows("x,u,v", 30, i => $"{i},a,{i}"),
            new() { Target = "u,v" }));
        Refused.With("named twice", () => Fit(text, new() { Target = "u,u" }));
    }

    [Theory]
    [InlineData("\ufeff")]
    [InlineData("\n\n")]
    public void What_stands_before_the_header_does_not_matter(string before) =>
        Assert.Equal(["x"], Open(before + Rows("x,k", 30, i => $"{i},{i % 2}").Replace("\n", "\r\n",
            StringComparison.Ordinal))
            .Features.Names);
}
