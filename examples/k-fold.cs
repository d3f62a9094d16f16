#:property PublishAot=false
#:project ../src/Hondo.Datasets
// Cross-validation: five trainings, each measured on the fifth of the irises that it has not seen; every flower is
// measured once.
DataSplits iris = Datasets.Iris();
Dataset all = new(iris.Train.Name, iris.Train.Features, iris.Train.Targets);
List<double> accuracies = [];
foreach (DataSplits fold in Split.Folds(all, k: 5))
{
    var model = new Sequential(new Linear(4, 16), new Relu(), new Linear(16, 3));
    var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, learningRate: 0.01))
    {
        Epochs = 60,
        BatchSize = 16,
        Normalization = Normalization.Fit(fold.Train),
    };
    accuracies.Add(trainer.Fit(fold)[^1].Dev!["accuracy"]);
    Console.WriteLine($"fold {accuracies.Count}: {accuracies[^1]:P1} of {fold.Dev!.Count}");
}
double mean = accuracies.Average(), spread = Math.Sqrt(accuracies.Average(a => Math.Pow(a - mean, 2)));
Console.WriteLine($"accuracy {mean:P1} ± {spread:P1} (wanted: 94 %)");
return mean >= 0.94 ? 0 : 1;
