using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class RowOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void An_order_has_every_row_once(int count)
    {
        var order = new int[count];
        RowOrder.Fill(order, seed: 3, round: 4);
        Assert.Equal(Enumerable.Range(0, count), order.Order());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Every_row_is_as_likely_in_every_place(int count)
    {
        var order = new int[count];
        var places = new int[count, count];
        for (int round = 0; round < 10000; round++)
        {
            RowOrder.Fill(order, seed: 1, round);
            for (int place = 0; place < count; place++)
                places[place, order[place]]++;
        }
        // Five standard deviations.
        double expected = 10000.0 / count, slack = 5 * Math.Sqrt(expected);
        foreach (int times in places)
            Assert.InRange(times, expected - slack, expected + slack);
    }

    [Fact]
    public void Seeds_and_rounds_have_orders_of_their_own()
    {
        var orders = new HashSet<string>();
        var order = new int[20];
        for (ulong seed = 0; seed < 20; seed++)
            for (int round = 0; round < 20; round++)
            {
                RowOrder.Fill(order, seed, round);
                Assert.True(orders.Add(string.Join(',', order)));
            }
    }
}
