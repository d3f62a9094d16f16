using Hondo.Tensors;

namespace Hondo.Data.Tests.Csv;

public sealed class CsvSchemaTests
{
    const string Fruit = "size,color,fruit\n7,red,apple\n6,green,apple\n,yellow,banana\n10,?,banana\n9,yellow,banana\n";

    [Fact]
    public void Numbers_stay_and_categories_become_one_number_each()
    {
        Dataset data = Open(Fruit);
        Assert.Equal<Shape>([4], data.Sample);
        Assert.Equal(["size", "color=green", "color=red", "color=yellow"], data.Features.Names);
        Assert.Equal(["apple", "banana"], data.Classes);
        Assert.Equal([7, 0, 1, 0], Row(data, 0));
        Assert.Equal([6, 1, 0, 0], Row(data, 1));
        Assert.Equal((0, 1), (data.Label(0), data.Label(2)));
    }

    [Fact]
    public void Missing_values_become_the_mean_and_the_most_frequent()
    {
        Dataset data = Open(Fruit);
        Assert.Equal([8, 0, 0, 1], Row(data, 2));
        Assert.Equal([10, 0, 0, 1], Row(data, 3));
        Assert.Equal(["1 missing value of size becomes the mean, 8.",
            "1 missing value of color becomes the most frequent, yellow."], Fit(Fruit).Notes);
    }

    [Fact]
    public void Missing_values_are_fitted_on_the_rows_given()
    {
        CsvSchema schema = CsvSchema.Fit(CsvTable.Parse(Fruit, "fruit"), rows: [0, 1]);
        Assert.Equal(6.5f, schema.Columns[0].Fill);
    }

    [Theory]
    [InlineData("fruit", "fruit")]
    [InlineData("FRUIT", "fruit")]
    [InlineData("1", "size")]
    [InlineData("3", "fruit")]
    [InlineData("-1", "fruit")]
    [InlineData("-3", "size")]
    public void The_target_is_found_by_name_or_number(string target, string name)
    {
        string text = "size,color,fruit\n7,red,apple\n6,green,apple\n8,yellow,banana\n10,red,banana\n";
        CsvSchema schema = CsvSchema.Fit(CsvTable.Parse(text, "fruit"), new() { Target = target });
        Assert.Equal(name, schema.Target.Name);
    }

    [Fact]
    public void An_unknown_target_lists_the_columns_and_the_nearest()
    {
        Refused.With("Did you mean color?",
            () => CsvSchema.Fit(CsvTable.Parse(Fruit, "fruit"), new() { Target = "colour" }));
        Refused.With("The columns are size, color, fruit",
            () => CsvSchema.Fit(CsvTable.Parse(Fruit, "fruit"), new() { Target = "4" }));
    }

    [Theory]
    [InlineData("0,1,1,0,1,0", CsvColumnKind.TargetClass)]
    [InlineData("1,2,3,4,5,6", CsvColumnKind.TargetNumber)]
    [InlineData("0.5,1.5,0.5,1.5,0.5,1.5", CsvColumnKind.TargetNumber)]
    [InlineData("-1,1,-1,1,1,1", CsvColumnKind.TargetClass)]
    [InlineData("yes,no,yes,no,yes,no", CsvColumnKind.TargetClass)]
    public void The_target_decides_between_classes_and_numbers(string targets, CsvColumnKind kind)
    {
        string text = "x,y\n" + string.Concat(targets.Split(',').Select((y, i) => $"{i},{y}\n"));
        Assert.Equal(kind, Fit(text).Target.Kind);
    }

    [Fact]
    public void Classes_or_numbers_can_be_told()
    {
        CsvTable table = CsvTable.Parse("x,y\n1,0\n2,1\n3,0\n4,1\n", "text");
        Assert.Equal(CsvColumnKind.TargetNumber, CsvSchema.Fit(table, new() { Task = CsvTask.Numbers }).Target.Kind);
        Assert.Equal(CsvColumnKind.TargetClass,
            CsvSchema.Fit(table, new() { Task = CsvTask.Classes, Target = "x" }).Target.Kind);
    }

    [Fact]
    public void Classes_that_are_numbers_are_ordered_and_named_by_value()
    {
        Dataset data = Open("x,y\n1,10\n2,9\n3,10.0\n4,9\n");
        Assert.Equal(["9", "10"], data.Classes);
        Assert.Equal((1, 0, 1), (data.Label(0), data.Label(1), data.Label(2)));
    }

    [Fact]
    public void Decimal_commas_are_numbers()
    {
        Dataset data = Open("x;y\n1,5;2,25\n3;4\n");
        Assert.Equal([1.5f], Row(data, 0));
        Assert.Equal([2.25f, 4], ((RegressionTargets)data.Targets).Values.ToArray());
    }

    [Fact]
    public void What_was_guessed_is_said_in_one_line()
    {
        IEnumerable<string> rows = Enumerable.Range(1, 40).Select(i => $"{i},n{i},{i % 7},{i % 2}\n");
        CsvSchema schema = Fit("id,name,x,y\n" + string.Concat(rows));
        Assert.Equal(["x"], schema.FeatureNames);
        Assert.Equal("text: 40 rows, comma, header; target y: 2 classes; features x; not used: id (all different), "
            + "name (all different)", schema.Summary);
    }

    [Fact]
    public void A_text_among_numbers_is_refused_with_its_line()
    {
        string text = "x,y\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{(i == 7 ? "abc" : i)},{i % 2}\n"));
        Refused.With("line 9, column x: 'abc' is not a number", () => Fit(text));
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e99")]
    public void A_number_that_is_not_finite_is_refused_with_its_line(string number) =>
        Refused.With("line 3, column x", () => Fit($"x,y\n1,0\n{number},1\n3,0\n4,1\n5,0\n"));

    [Fact]
    public void A_column_without_values_is_left_out_and_said()
    {
        CsvSchema schema = Fit("x,z,y,\n,1,0,\nNA,2,1,\n?,3,0,\nnan,4,1,\n");
        Assert.Equal(("y", "z"), (schema.Target.Name, Assert.Single(schema.FeatureNames)));
        Assert.EndsWith("features z; not used: x (empty), column 4 (empty)", schema.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_target_is_refused_with_its_line() =>
        Refused.With("line 3: the target y is missing", () => Fit("x,y\n1,0\n2,\n3,1\n"));

    [Fact]
    public void A_target_of_one_class_is_refused() =>
        Refused.With("the target is 'a' in every row", () => Fit("x,y\n1,a\n2,a\n"));

    [Fact]
    public void A_target_that_names_each_row_is_refused() => Refused.With("different in every row",
        () => Fit("x,y\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},n{i}\n"))));

    [Fact]
    public void One_column_is_refused() => Refused.With("only one column", () => Fit("x\n1\n2\n1\n2\n"));

    [Fact]
    public void A_schema_is_read_back_from_its_text()
    {
        CsvSchema schema = Fit(Fruit), read = CsvSchema.FromText(schema.ToText());
        Assert.Equal(schema.ToText(), read.ToText());
        Assert.Equal(schema.FeatureNames, read.FeatureNames);
        Assert.Equal(Row(Open(Fruit), 2), Row(read.Encode(CsvTable.Parse(Fruit, "fruit"), "again"), 2));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"columns\":[]}")]
    [InlineData("{\"columns\":[{\"name\":\"a\",\"kind\":\"TargetClass\",\"values\":[],\"fill\":0}]}")]
    [InlineData("{\"columns\":[{\"name\":\"a\",\"kind\":\"System.Type\",\"values\":[\"x\"],\"fill\":0}]}")]
    public void A_text_that_is_no_schema_is_refused(string text) =>
        Assert.Throws<FormatException>(() => CsvSchema.FromText(text));

    static CsvSchema Fit(string text) => CsvSchema.Fit(CsvTable.Parse(text, "text"));

    static Dataset Open(string text) => Fit(text).Encode(CsvTable.Parse(text, "text"), "text");

    static float[] Row(Dataset data, int row)
    {
        var sample = new float[data.Sample.Size];
        data.CopySample(row, sample);
        return sample;
    }
}
