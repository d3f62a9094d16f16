namespace Hondo.Data.Tests.Csv;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("1,250", '.', 1250)]
    [InlineData("1,250", ',', 1.25)]
    [InlineData("1.234,56", ',', 1234.56)]
    [InlineData("1,234.56", '.', 1234.56)]
    [InlineData("751.623,00", ',', 751623)]
    [InlineData("12,34,567", '.', 1234567)]
    [InlineData("1 234 567,8", ',', 1234567.8)]
    [InlineData("1\u00a0234", '.', 1234)]
    [InlineData("1\u202f234,5", ',', 1234.5)]
    [InlineData("1'234.5", '.', 1234.5)]
    [InlineData("$1,234", '.', 1234)]
    [InlineData("1.234 €", ',', 1234)]
    [InlineData("€ 1.234,50", ',', 1234.5)]
    [InlineData("-$5.25", '.', -5.25)]
    [InlineData("$-5.25", '.', -5.25)]
    [InlineData("USD 5", '.', 5)]
    [InlineData("5 kr", '.', 5)]
    [InlineData("(5.00)", '.', -5)]
    [InlineData("($1,000.50)", '.', -1000.5)]
    [InlineData("5-", '.', -5)]
    [InlineData("−5", '.', -5)]
    [InlineData("+5", '.', 5)]
    [InlineData("12 %", '.', 0.12)]
    [InlineData("12,5%", ',', 0.125)]
    [InlineData("1e-3", '.', 0.001)]
    [InlineData("1,5E2", ',', 150)]
    [InlineData(".5", '.', 0.5)]
    [InlineData("5.", '.', 5)]
    [InlineData("\u00a05.2 ", '.', 5.2)]
    [InlineData("-inf", '.', double.NegativeInfinity)]
    public void A_number_is_read_as_people_write_it(string text, char mark, double value)
    {
        Assert.True(NumberText.TryRead(text, mark, out NumberText number));
        Assert.Equal(value, number.Value, 1e-12);
    }

    [Theory]
    [InlineData("", '.')]
    [InlineData("-", '.')]
    [InlineData("%", '.')]
    [InlineData("$", '.')]
    [InlineData(".", '.')]
    [InlineData("1,5", '.')]
    [InlineData("1.5", ',')]
    [InlineData("0,123", '.')]
    [InlineData("1,2345", '.')]
    [InlineData("1234,567", '.')]
    [InlineData("1,234,56", '.')]
    [InlineData("1,234.567,8", '.')]
    [InlineData("1 234'567", '.')]
    [InlineData("1.2.3", '.')]
    [InlineData("1.2.3", ',')]
    [InlineData("2024-03-01", '.')]
    [InlineData("1.3.2024", ',')]
    [InlineData("--5", '.')]
    [InlineData("(-5)", '.')]
    [InlineData("5 km", '.')]
    [InlineData("1e", '.')]
    [InlineData("1e1.5", '.')]
    [InlineData("0x10", '.')]
    [InlineData("12:30", '.')]
    public void What_is_no_number_is_none(string text, char mark) => Assert.False(NumberText.TryRead(text, mark,
        out _));

    [Theory]
    [InlineData("2024-03-01", DateOrder.YearFirst, "2024-03-01", 0)]
    [InlineData("2024-03-01 12:00", DateOrder.YearFirst, "2024-03-01", 0.5)]
    [InlineData("2024-03-01T06:00:00Z", DateOrder.YearFirst, "2024-03-01", 0.25)]
    [InlineData("2024-03-01T06:00:00+06:00", DateOrder.YearFirst, "2024-03-01", 0)]
    [InlineData("2024/3/1", DateOrder.YearFirst, "2024-03-01", 0)]
    [InlineData("20240301", DateOrder.YearFirst, "2024-03-01", 0)]
    [InlineData("1.3.2024", DateOrder.DayFirst, "2024-03-01", 0)]
    [InlineData("01/03/2024", DateOrder.DayFirst, "2024-03-01", 0)]
    [InlineData("1 Mar 2024", DateOrder.DayFirst, "2024-03-01", 0)]
    [InlineData("01-Mar-24", DateOrder.DayFirst, "2024-03-01", 0)]
    [InlineData("3/1/2024 6:00 PM", DateOrder.MonthFirst, "2024-03-01", 0.75)]
    [InlineData("Mar 1, 2024", DateOrder.MonthFirst, "2024-03-01", 0)]
    public void A_date_is_read_in_its_order(string text, DateOrder order, string day, double part)
    {
        Assert.True(DateText.TryRead(text, order, out double days));
        Assert.Equal(day, DateText.Of(Math.Floor(days)));
        Assert.Equal(part, days - Math.Floor(days), 1e-6);
    }

    [Theory]
    [InlineData("2024-13-01", DateOrder.YearFirst)]
    [InlineData("20241301", DateOrder.YearFirst)]
    [InlineData("13/13/2024", DateOrder.DayFirst)]
    [InlineData("oak", DateOrder.DayFirst)]
    [InlineData("1.5", DateOrder.DayFirst)]
    public void What_is_no_date_is_none(string text, DateOrder order) =>
        Assert.False(DateText.TryRead(text, order, out _));
}
