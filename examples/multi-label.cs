#:property PublishAot=false
#:project ../src/Hondo
// Several labels a sample: a picture may show a row, a column, a square, or any of them. Each output is a yes or no of
// its own, so the loss is binary cross-entropy and the targets are rows of 0 and 1.
const int Count = 2000, Side = 12;
float[] pixels = Tensor.RandomNormal([Count, Side, Side, 1], seed: 1, deviation: 0.3).ToArray<float>();
float[] labels = Tensor.Bernoulli([Count, 3], probability: 0.5, seed: 2).ToArray<float>();
int[] places = Tensor.RandomUniform([Count, 4], seed: 3, high: Side - 2).To(DType.Int32).ToArray<int>();
for (int i = 0; i < Count; i++)
    for (int t = 0; t < Side; t++)
    {
        Draw(i, 0, places[4 * i], t);
        Draw(i, 1, t, places[4 * i + 1]);
        Draw(i, 2, places[4 * i + 2] + t / 3 % 3, places[4 * i + 3] + t % 3);
    }
DataSplits data = new Split(70, 10, 20).Of(Dataset.Of("shapes", Tensor.Of(pixels, [Count, Side, Side, 1]),
    Tensor.Of(labels, [Count, 3])));

var model = new Sequential(new Conv2d(1, 16, kernel: 3), new Relu(), new Conv2d(16, 16, kernel: 3), new Relu(),
    new Flatten(), new Linear(16 * 8 * 8, 3));
var trainer = new Trainer(model, new BinaryCrossEntropy(), new Adam(model.Parameters)) { Epochs = 12, BatchSize = 32 };
trainer.Fit(data);

double accuracy = trainer.Evaluate(data.Test!)["accuracy"];
Console.WriteLine($"right labels: {accuracy:P1} (wanted: 97 %)");
return accuracy >= 0.97 ? 0 : 1;

void Draw(int i, int label, int row, int column) =>
    pixels[(i * Side + row) * Side + column] += labels[3 * i + label];
