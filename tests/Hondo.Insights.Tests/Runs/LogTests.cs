using System.Text.Json;
using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class LogTests
{
    [Fact]
    public void The_table_written_while_training_is_that_of_the_history()
    {
        using var writer = new StringWriter();
        History history = Tasks.Trainer(Tasks.Mlp(), 3, 16, new CsvLog(writer)).Fit(Tasks.Parts(60));
        Assert.Equal(history.ToCsv(), writer.ToString());
    }

    [Fact]
    public void Each_line_is_an_object_and_each_epoch_has_one()
    {
        using var writer = new StringWriter();
        History history = Tasks.Trainer(Tasks.Mlp(), 3, 16, new JsonLinesLog(writer, Every.Steps(2)))
            .Fit(Tasks.Parts(60));
        JsonElement[] lines = [.. writer.ToString().TrimEnd().Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement)];
        JsonElement[] epochs = [.. lines.Where(line => line.TryGetProperty("train", out _))];
        Assert.Equal(history.Select(epoch => epoch.Train.Loss),
            epochs.Select(line => line.GetProperty("train").GetProperty("loss").GetDouble()));
        Assert.Equal(history[^1].Steps / 2, lines.Count(line => line.TryGetProperty("loss", out _)));
    }
}
