#:property PublishAot=false
#:project ../src/Hondo.Datasets
// Handwritten digits by a network with one hidden layer.
DataSplits data = new Split(90, 0, 10).Of(Datasets.Digits());
var model = new Sequential(new Flatten(), new Linear(784, 128), new Relu(), new Dropout(0.2), new Linear(128, 10));
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.001))
{
    Epochs = 20,
    BatchSize = 64,
    Callbacks = [new KeepBest("dev accuracy")],
};
History history = trainer.Fit(data);
Console.WriteLine($"dev accuracy by epoch: {string.Join(" ", history["dev accuracy"].Select(a => $"{a:0.000}"))}");
Console.WriteLine($"test: {trainer.Evaluate(data.Test!)}");
