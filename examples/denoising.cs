#:property PublishAot=false
#:project ../src/Hondo.Datasets
// A denoising autoencoder: convolutions that learn to take away the noise that the step adds.
Dataset digits = Datasets.Digits().Train.Take(1000), test = Datasets.Digits().Test!.Take(200);
var model = new Sequential(
    new Conv2d(1, 16, kernel: 3, stride: 2, padding: 1), new Relu(),
    new Conv2d(16, 32, kernel: 3, padding: 1), new Relu(),
    new Upsample(2), new Conv2d(32, 16, kernel: 3, padding: 1), new Relu(),
    new Conv2d(16, 1, kernel: 3, padding: 1));

var trainer = new Trainer(model, step =>
{
    Tensor clean = step.Inputs, noisy = clean + 0.5f * step.RandomNormal(clean.Shape);
    step.Minimize(model.Forward(noisy).SquaredError(clean));
    step.Log("noisy", noisy.SquaredError(clean));
}, new Adam(model.Parameters, learningRate: 0.003))
{ Epochs = 3, BatchSize = 32 };
trainer.Fit(new(digits));

Scores scores = trainer.Evaluate(test);
double left = scores.Loss / scores["noisy"];
Console.WriteLine($"noise {scores["noisy"]:F4}, left {scores.Loss:F4}: {left:P1} (wanted: at most 10 %)");
return left <= 0.10 ? 0 : 1;
