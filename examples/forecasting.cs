#:property PublishAot=false
#:project ../src/Hondo.Sequences
// Forecasting: the demand of the next hour from the last two days. A day and a week are in the series, and a trend, and
// noise. The naive forecast is the same hour of the day before.
const int Hours = 24 * 7 * 20, Window = 48;
float[] noise = Tensor.RandomNormal([Hours], seed: 1, deviation: 0.1).ToArray<float>();
float[] demand = [.. Enumerable.Range(0, Hours).Select(t => MathF.Sin(t * MathF.Tau / 24)
    * (t / 24 % 7 < 5 ? 1 : 0.4f) + 0.3f * MathF.Sin(t * MathF.Tau / 168) + 0.0001f * t + noise[t])];
DataSplits data = new TimeSeries("demand", demand, ["demand"], ["demand"], Window).Split(new(70, 10, 20));

var model = new Sequential(new Flatten(), new Linear(Window, 64), new Relu(), new Linear(64, 1));
var trainer = new Trainer(model, new MeanSquaredError(), new Adam(model.Parameters))
{
    Epochs = 20,
    BatchSize = 64,
    Callbacks = [new EarlyStopping(patience: 5)],
};
trainer.Fit(data);

Dataset test = data.Test!;
double squares = 0;
var window = new float[Window];
ReadOnlySpan<float> truth = ((RegressionTargets)test.Targets).Values;
for (int i = 0; i < test.Count; i++)
{
    test.CopySample(i, window);
    squares += Math.Pow(window[^24] - truth[test.Row(i)], 2);
}
double naive = Math.Sqrt(squares / test.Count), rmse = Math.Sqrt(trainer.Evaluate(test).Loss);
Console.WriteLine($"root mean squared error {rmse:F3}, naive {naive:F3} (wanted: at most half of it)");
return rmse <= 0.5 * naive ? 0 : 1;
