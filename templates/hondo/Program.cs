// Trains a network on pictures of digits, measures it on pictures it has not seen, saves it, reads it and uses it.
DataSplits digits = Datasets.Digits();
var model = new Sequential(new Flatten(), new Linear(784, 64), new Relu(), new Linear(64, 10));
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, learningRate: 0.003))
{
    Epochs = 5,
    Callbacks = [new Diagnosis()],
    // Without a terminal there are no lines of progress: here there are always. null is silence.
    Progress = Console.Out,
};
History history = trainer.Fit(new DataSplits(digits.Train));
foreach (Finding finding in history.Findings)
    Console.WriteLine(finding);
Scores test = trainer.Evaluate(digits.Test!);
Console.WriteLine($"test: {test}");

string path = Path.Combine(AppContext.BaseDirectory, "digits.safetensors");
ModelFile.Save(model, path, new() { InputShape = digits.Train.Sample, ClassNames = digits.Train.Classes });
var predictor = new Predictor(ModelFile.Load(path).Model);
var picture = new float[784];
digits.Test!.CopySample(0, picture);
Tensor scores = predictor.Forward(Tensor.Of(picture, [1, 28, 28, 1]));
Console.WriteLine($"the first picture shows a {scores.ArgMax().ToArray<int>()[0]}; the model is in {path}");
return test["accuracy"] > 0.8 ? 0 : 1;
