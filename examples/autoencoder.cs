#:property PublishAot=false
#:project ../src/Hondo.Datasets
// An autoencoder: 784 pixels through a bottleneck of 32 numbers and back. The mean picture, which is the best that a
// bottleneck of 0 numbers can do, has an error of about 0.067.
Dataset digits = Datasets.Digits().Train, test = Datasets.Digits().Test!;
var encoder = new Sequential(new Flatten(), new Linear(784, 128), new Relu(), new Linear(128, 32));
var decoder = new Sequential(new Linear(32, 128), new Relu(), new Linear(128, 784), new Sigmoid());
var model = new Sequential(encoder, decoder);

var trainer = new Trainer(model, step =>
{
    Tensor pixels = step.Inputs.Flatten();
    step.Minimize(model.Forward(step.Inputs).SquaredError(pixels));
}, new Adam(model.Parameters, learningRate: 0.002))
{ Epochs = 5, BatchSize = 64 };
trainer.Fit(new(digits));

double error = trainer.Evaluate(test).Loss;
Console.WriteLine($"mean squared error of unseen digits: {error:F4} (wanted: at most 0.020)");
return error <= 0.020 ? 0 : 1;
