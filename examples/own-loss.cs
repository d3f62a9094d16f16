#:property PublishAot=false
#:project ../src/Hondo
// A loss of one's own: what will nine of ten days not exceed? The quantile (pinball) loss of Koenker and Bassett (1978)
// asks for it; the squared error would ask for the mean.
const int Count = 4000;
float[] x = Tensor.RandomUniform([Count], seed: 1, low: -1, high: 1).ToArray<float>();
float[] noise = Tensor.RandomNormal([Count], seed: 2).ToArray<float>();
float[] y = [.. x.Zip(noise, (x, n) => x * x + (0.2f + 0.2f * x) * n)];
DataSplits data = new Split(80, 0, 20).Of(Dataset.Of("days", Tensor.Of(x, [Count, 1]), Tensor.Of(y, [Count, 1])));

var model = new Sequential(new Linear(1, 32), new Tanh(), new Linear(32, 1));
var trainer = new Trainer(model, new Quantile(0.9), new Adam(model.Parameters, learningRate: 0.01))
{
    Epochs = 60,
    BatchSize = 64,
    Schedule = new CosineDecay(60),
};
trainer.Fit(data);

int below = 0;
foreach (var (inputs, targets) in new Batches(data.Test!, new() { Size = 100 }))
{
    float[] forecasts = model.Forward(inputs).ToArray<float>(), truth = targets.ToArray<float>();
    below += forecasts.Zip(truth).Count(pair => pair.Second < pair.First);
}
double share = (double)below / data.Test!.Count;
Console.WriteLine($"below the forecast: {share:P1} of unseen days (wanted: 90 % ± 3 %)");
return Math.Abs(share - 0.9) <= 0.03 ? 0 : 1;

// snippet: loss
sealed class Quantile(double share) : Loss
{
    public override string Name => "quantile loss";

    public override TargetKind Target => TargetKind.Numbers;

    public override Tensor Compute(Tensor output, Tensor target)
    {
        Tensor error = target - output;
        return (error * share).Maximum(error * (share - 1)).Mean();
    }

    public override string ToString() => $"Quantile({share})";
}
// end
