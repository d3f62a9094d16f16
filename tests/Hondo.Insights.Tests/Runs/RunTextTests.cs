using System.Text.Json;
using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class RunTextTests
{
    static History Two()
    {
        var history = new History();
        history.Add(new(1, new(0.5, [("accuracy", 0.75)], 4), new(0.25, [("accuracy", 1)], 4), 1.5, 0.01, 10));
        history.Add(new(2, new(0.125, [("accuracy", 1)], 4), new(double.NaN, [("accuracy", 0.5)], 4), 1.25, 0.001, 20));
        return history;
    }

    [Fact]
    public void Csv_has_a_header_and_a_row_for_each_epoch() => Assert.Equal(
        "epoch,seconds,learning rate,loss,accuracy,dev loss,dev accuracy\n"
        + "1,1.5,0.01,0.5,0.75,0.25,1\n"
        + "2,1.25,0.001,0.125,1,NaN,0.5\n", Two().ToCsv());

    [Fact]
    public void Json_has_an_object_for_each_epoch_and_null_for_what_is_no_number()
    {
        JsonElement epochs = JsonDocument.Parse(Two().ToJson()).RootElement;
        Assert.Equal(2, epochs.GetArrayLength());
        Assert.Equal(0.75, epochs[0].GetProperty("train").GetProperty("accuracy").GetDouble());
        Assert.Equal(JsonValueKind.Null, epochs[1].GetProperty("dev").GetProperty("loss").ValueKind);
    }
}
