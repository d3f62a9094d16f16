using System.Text.Json;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Insights.Tests;

/// <summary>A profile names every op of every layer once, sums to the time of the steps, and changes no bit.</summary>
public sealed class ProfilerTests
{
    static Sequential Model()
    {
        var model = new Sequential(new Conv2d(1, 8, kernel: 3), new Relu(), new Flatten(), new Linear(8 * 26 * 26, 10));
        model.Initialize(seed: 1);
        return model;
    }

    static (Layer Model, History History) Fit(params Callback[] callbacks)
    {
        Dataset digits = Datasets.Digits().Train;
        Sequential model = Model();
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters))
        {
            Epochs = 1,
            BatchSize = 50,
            Callbacks = callbacks,
        };
        return (model, trainer.Fit(new DataSplits(digits.Part("some", [.. Enumerable.Range(0, 500)]))));
    }

    [Fact]
    public void Every_op_of_every_layer_has_a_row_and_the_rows_are_the_time()
    {
        var profiler = new Profiler { WarmUp = 2 };
        Fit(profiler);
        Assert.Equal(8, profiler.Steps);
        IReadOnlyList<ProfileRow> rows = profiler.Rows;
        Assert.Equal(1, rows.Sum(row => row.Share), 1e-9);
        Assert.Equal(profiler.Seconds, rows.Sum(row => row.Seconds), 1e-9);
        Assert.Contains(rows, row => row is { Layer: "0", Op: "Conv", Pass: "forward", Calls: 8 });
        Assert.Contains(rows, row => row is { Layer: "0", Op: "Conv", Pass: "backward", Calls: 8 });
        ProfileRow linear = Assert.Single(rows, row => row is { Layer: "3", Op: "Linear", Pass: "forward" });
        // 50 samples · 5408 · 10 multiply-adds, two operations each.
        Assert.Equal(8 * 2e-9 * 50 * 5408 * 10, linear.Gigaflops * linear.Seconds, 1e-6);
        ProfileRow back = Assert.Single(rows, row => row is { Layer: "3", Op: "Linear", Pass: "backward" });
        Assert.Equal(2 * linear.Gigaflops * linear.Seconds, back.Gigaflops * back.Seconds, 1e-6);
        Assert.Contains(rows, row => row is { Op: "optimizer", Pass: "update", Calls: 8 });
        Assert.Equal("between ops", rows[^1].Op);
        Assert.All(rows.SkipLast(1), row => Assert.InRange(row.OfFloor, 0, 100));
    }

    [Fact]
    public void Taking_times_changes_no_bit() => Assert.Equal(
        Fit().Model.Parameters.SelectMany(p => p.Value.ToArray<float>()),
        Fit(new Profiler()).Model.Parameters.SelectMany(p => p.Value.ToArray<float>()));

    [Fact]
    public void Table_CSV_and_trace_say_the_same()
    {
        var profiler = new Profiler { WarmUp = 0, TracedSteps = 3 };
        Fit(profiler);
        string table = profiler.ToString(), csv = ProfileText.Csv(profiler);
        Assert.StartsWith("10 steps, ", table, StringComparison.Ordinal);
        Assert.Equal(profiler.Rows.Count + 2, table.Split('\n').Length);
        Assert.Equal(profiler.Rows.Count + 1, csv.TrimEnd('\n').Split('\n').Length);
        using var stream = new MemoryStream();
        profiler.WriteTrace(stream);
        JsonElement events = JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("traceEvents");
        Assert.Equal([8, 9, 10], events.EnumerateArray().Select(one => one.GetProperty("args").GetProperty("step")
            .GetInt32()).Distinct());
        Assert.All(events.EnumerateArray(), one => Assert.True(one.GetProperty("dur").GetDouble() >= 0));
        Assert.Equal(3, events.EnumerateArray().Count(one => one.GetProperty("name").GetString() == "Conv forward"));
    }

    [Fact]
    public void A_loop_of_ones_own_is_profiled_too_and_only_while_it_is_asked_for()
    {
        Sequential model = Model();
        var optimizer = new Sgd(model.Parameters, 0.01);
        var profiler = new Profiler { WarmUp = 1 };
        profiler.Start();
        for (int i = 0; i < 6; i++)
        {
            using (Tape.Begin())
            {
                model.Forward(Tensor.Zeros([4, 28, 28, 1])).Square().Mean().Backward();
                optimizer.Step();
            }
            if (i == 3)
                profiler.Stop();
            profiler.EndStep();
        }
        Assert.Equal(2, profiler.Steps);
        Assert.Contains(profiler.Rows, row => row is { Op: "Conv", Pass: "backward", Calls: 2 });
    }
}
