#:property PublishAot=false
#:project ../src/Hondo
// Two heads: a regression that says how sure it is. One head gives the mean, the other the variance, and the loss is
// the likelihood of both (Nix and Weigend 1994). The noise of these data grows with |x|.
const int Count = 4000;
float[] x = Tensor.RandomUniform([Count], seed: 1, low: -1, high: 1).ToArray<float>();
float[] noise = Tensor.RandomNormal([Count], seed: 2).ToArray<float>();
float[] y = [.. x.Zip(noise, (x, n) => MathF.Sin(4 * x) + Deviation(x) * n)];
DataSplits data = new Split(80, 0, 20).Of(Dataset.Of("waves", Tensor.Of(x, [Count, 1]), Tensor.Of(y, [Count, 1])));

var body = new Sequential(new Linear(1, 64), new Tanh(), new Linear(64, 64), new Tanh());
Linear mean = new(64, 1), variance = new(64, 1);
var model = new Sequential(body, new Concat(mean, variance));
var trainer = new Trainer(model, step =>
{
    Tensor output = model.Forward(step.Inputs);
    step.Minimize(output[.., 0..1].GaussianNll(step.Targets, output[.., 1..2].Softplus()));
}, new Adam(model.Parameters, learningRate: 0.003))
{ Epochs = 40, BatchSize = 64 };
trainer.Fit(data);

double worst = 0;
foreach (float at in new[] { -0.8f, -0.4f, 0, 0.4f, 0.8f })
{
    Tensor answer = model.Forward(Tensor.Of([at], [1, 1]));
    double m = answer[0, 0], s = answer[.., 1].Softplus().Sqrt().Item;
    Console.WriteLine($"x {at,4}: {m,6:F2} ± {s:F2}, truth {MathF.Sin(4 * at),6:F2} ± {Deviation(at):F2}");
    worst = Math.Max(worst, Math.Abs(s - Deviation(at)));
}
Console.WriteLine($"largest error of a deviation: {worst:F3} (wanted: at most 0.06)");
return worst <= 0.06 ? 0 : 1;

static float Deviation(float x) => 0.05f + 0.3f * MathF.Abs(x);
