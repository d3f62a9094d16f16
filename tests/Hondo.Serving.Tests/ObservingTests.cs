using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Hondo.Serving.Tests;

public sealed class ObservingTests
{
    static History Train(int epochs, params Callback[] callbacks)
    {
        var model = new Sequential(new Linear(4, 8), new Tanh(), new Linear(8, 3));
        return new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.01))
        {
            Epochs = epochs,
            Callbacks = callbacks,
            Progress = null,
        }.Fit(Datasets.Iris());
    }

    [Fact]
    public void A_training_is_in_the_log_with_its_numbers()
    {
        var lines = new Lines();
        using ILoggerFactory factory = LoggerFactory.Create(builder => builder.AddProvider(lines));
        History history = Train(3, new LoggerCallback(factory.CreateLogger("training")));
        string[] epochs = [.. lines.All.Where(line => line.Contains("Epoch ", StringComparison.Ordinal))];
        Assert.Equal(3, epochs.Length);
        Assert.StartsWith("Information: Epoch 3 of 3 in ", epochs[2], StringComparison.Ordinal);
        Assert.Contains(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"loss {history[^1].Numbers.First().Value:G4}"), epochs[2], StringComparison.Ordinal);
        Assert.Contains("Information: Training of 67 numbers begins, 3 epochs", lines.All);
        Assert.Equal("Information: Training ended after 3 epochs: all epochs were trained", lines.All[^1]);
    }

    [Fact]
    public void OpenTelemetry_hears_the_spans_and_the_numbers_of_a_training()
    {
        List<Activity> spans = [];
        List<Metric> numbers = [];
        using (TracerProvider tracer = Sdk.CreateTracerProviderBuilder().AddSource(Telemetry.Name)
            .AddInMemoryExporter(spans).Build())
        using (MeterProvider meter = Sdk.CreateMeterProviderBuilder().AddMeter(Telemetry.Name)
            .AddInMemoryExporter(numbers).Build())
        {
            History history = Train(4);
            meter.ForceFlush();
            tracer.ForceFlush();
            Metric steps = numbers.Single(metric => metric.Name == "hondo.training.steps");
            foreach (ref readonly MetricPoint point in steps.GetMetricPoints())
                Assert.Equal(history[^1].Steps, point.GetSumLong());
        }
        Assert.Equal(4, spans.Count(span => span.OperationName == "epoch"));
        Activity run = Assert.Single(spans, span => span.OperationName == "run");
        Assert.All(spans.Where(span => span.OperationName == "epoch"),
            span => Assert.Equal(run.SpanId, span.ParentSpanId));
        Assert.Contains(numbers, metric => metric.Name == "hondo.training.epoch.duration");
        Assert.Contains(spans[^2].TagObjects, tag => tag.Key == "hondo.loss" && tag.Value is double);
    }

    sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
