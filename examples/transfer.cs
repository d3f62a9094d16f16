#:property PublishAot=false
#:project ../src/Hondo.Datasets
// Transfer: a network that knows the digits 0 to 4 learns 5 to 9 from eight pictures each. At first only the new head
// learns; then all of it, the body at a tenth of the head's rate, in groups of parameters.
Dataset digits = Datasets.Digits().Train, test = Datasets.Digits().Test!;
Sequential body = Body(), plain = Body();
Fit(body, new Linear(800, 10), Only(digits, label => label < 5, 400), epochs: 5);

Dataset few = Only(digits, label => label >= 5, 8), unseen = Only(test, label => label >= 5, 1000);
// snippet: groups
var head = new Linear(800, 10);
var model = new Sequential(body.Freeze(), head);
var optimizer = new AdamW(model.Parameters, learningRate: 0.003)
{
    Groups = { new(body.Parameters, learningRate: 0.0003) { Name = "body" }, new(head.Parameters, weightDecay: 0) },
};
// end
var trainer = new Trainer(model, new CrossEntropy(), optimizer)
{
    Epochs = 40,
    BatchSize = 20,
    Callbacks = [new UnfreezeAfter(epochs: 10, body)],
};
trainer.Fit(new(few));
double transferred = trainer.Evaluate(unseen)["accuracy"];
double scratch = Fit(plain, new Linear(800, 10), few, epochs: 40).Evaluate(unseen)["accuracy"];
Console.WriteLine($"transferred {transferred:P1}, from scratch {scratch:P1} (wanted: 80 %, and 3 points more)");
return transferred >= 0.80 && transferred >= scratch + 0.03 ? 0 : 1;

static Sequential Body() => new(new Conv2d(1, 16, kernel: 5, stride: 2), new Relu(), new Conv2d(16, 32, kernel: 3,
    stride: 2), new Relu(), new Flatten());

static Trainer Fit(Layer body, Layer head, Dataset data, int epochs)
{
    var model = new Sequential(body, head);
    var trainer = new Trainer(model, new CrossEntropy(), new AdamW(model.Parameters, 0.003))
    {
        Epochs = epochs,
        BatchSize = 20,
    };
    trainer.Fit(new(data));
    return trainer;
}

static Dataset Only(Dataset data, Func<int, bool> takes, int each) => data.Part("digits", [.. Enumerable.Range(0,
    data.Count).Where(i => takes(data.Label(i))).GroupBy(data.Label).SelectMany(group => group.Take(each))]);

// snippet: unfreeze
sealed class UnfreezeAfter(int epochs, Layer layer) : Callback
{
    protected override void OnEpochBegin(TrainingRun run)
    {
        if (run.Epoch > epochs)
            layer.Unfreeze();
    }
}
// end
