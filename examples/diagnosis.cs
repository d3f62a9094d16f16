#:property PublishAot=false
#:project ../src/Hondo.Insights/Hondo.Insights.csproj
// What goes wrong in a training, in words: here first weights of zeros, which make all units of a layer one.
DataSplits data = Split.Usual.Of(Datasets.Iris());
var model = new Sequential(new Linear(4, 16, initializer: Initial.Zeros), new Tanh(), new Linear(16, 3));
model.Initialize(seed: 1);
// snippet: diagnosis
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.001))
{
    Epochs = 5,
    Callbacks = [new Diagnosis(humanError: 0.02)],
};
foreach (Finding finding in trainer.Fit(data).Findings)
    Console.WriteLine($"{finding.Code}: {finding.Sentence} {finding.Remedy}");
// end
