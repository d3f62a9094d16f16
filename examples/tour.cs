#:property PublishAot=false
#:project ../src/Hondo.Insights
// The programs of README.md and docs/tour.md, from a tensor to a saved model: dotnet run examples/tour.cs
string path = Path.Combine(Path.GetTempPath(), "digits.safetensors");

// snippet: tensors
Tensor a = Tensor.Of(new[,] { { 1f, 2f }, { 3f, 4f } });
Tensor b = Tensor.Of([10f, 20f]);
Console.WriteLine(a * b + 1);                       // AddScalar float32 [2, 2] {11, 41, 31, 81}
Console.WriteLine((a * b).Mean(axis: 0));           // Mean float32 [2] {20, 60}
Console.WriteLine(a[0, ^1]);                        // 2
// end

// snippet: gradient
using (Tape.Begin())
{
    Tensor x = Tape.Watch(Tensor.Of([3f]));
    Tensor y = (x * x + x).Sum();
    y.Backward();
    Console.WriteLine(x.Gradient.Item);             // 7, since d(x² + x)/dx = 2x + 1
}
// end

// snippet: model
var model = new Sequential(new Flatten(), new Linear(784, 128), new Relu(), new Linear(128, 10));
Console.WriteLine(ModelSummary.Of(model, [28, 28, 1]));
// end

// snippet: loop
var batches = new Batches(Datasets.Digits().Train, new() { Size = 100 });
var optimizer = new Adam(model.Parameters, learningRate: 0.001);
foreach (var (images, labels) in batches)
{
    using var step = Tape.Begin();
    Tensor loss = model.Forward(images).CrossEntropy(labels);
    loss.Backward();
    optimizer.Step();
}
// end

// snippet: trainer
DataSplits digits = Datasets.Digits();
var trainer = new Trainer(model, new CrossEntropy(), optimizer) { Epochs = 5, Metrics = [new Accuracy()] };
History history = trainer.Fit(digits);
Console.WriteLine(history[^1].Train);
Console.WriteLine(trainer.Evaluate(digits.Test!));
// end

// snippet: file
model.Save(path);
Layer again = Layer.Load(path);
var image = new float[784];
digits.Test!.CopySample(0, image);
Tensor scores = again.Forward(Tensor.Of(image, [1, 28, 28, 1]));
Console.WriteLine($"{digits.Test.Label(0)} looks like {scores.ArgMax().Item}");
// end

// snippet: predictor
var predictor = new Predictor(again);
Tensor batch = Tensor.Of(image, [1, 28, 28, 1]);
Console.WriteLine(predictor.Forward(batch).Softmax());
// end
