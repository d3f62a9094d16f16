#:property PublishAot=false
#:project ../src/Hondo
// Several inputs and outputs: a picture, a category and a number go in; a class and a price come out. A bundle makes
// one tensor of several, so that data sets, summaries, predictors and files need to know only one.
const int Count = 2000;
int[] kinds = Tensor.RandomUniform([Count], seed: 1, high: 3).To(DType.Int32).ToArray<int>();
int[] shops = Tensor.RandomUniform([Count], seed: 2, high: 5).To(DType.Int32).ToArray<int>();
float[] sizes = Tensor.RandomUniform([Count], seed: 3).ToArray<float>();
float[] pixels = Tensor.RandomNormal([Count, 8, 8, 1], seed: 4, deviation: 0.5).ToArray<float>();
for (int i = 0; i < pixels.Length; i++)
    pixels[i] += i % 8 / 3 == kinds[i / 64] ? 1 : 0;
float[] prices = [.. Enumerable.Range(0, Count).Select(i => (1 + kinds[i]) * sizes[i] + 0.2f * shops[i])];

Tensor pictures = Tensor.Of(pixels, [Count, 8, 8, 1]);
Tensor inputs = Net.Inputs.Pack(pictures, Tensor.Of(shops), Tensor.Of(sizes, [Count, 1]));
Tensor targets = Net.Targets.Pack(Tensor.Of(kinds), Tensor.Of(prices, [Count, 1]));
DataSplits data = new Split(80, 0, 20).Of(Dataset.Of("shop", inputs, targets));

var net = new Net();
// snippet: step
var trainer = new Trainer(net, step =>
{
    var (scores, price) = Net.Outputs.Unpack(net.Forward(step.Inputs));
    var (kind, paid) = Net.Targets.Unpack(step.Targets);
    Tensor label = kind.To(DType.Int32), error = price.SquaredError(paid);
    step.Minimize(scores.CrossEntropy(label) + error);
    step.Measure(scores, label);
    step.Log("price error", error.Sqrt());
}, new Adam(net.Parameters, learningRate: 0.005))
{ Epochs = 15, BatchSize = 50, Metrics = [new Accuracy()] };
// end
trainer.Fit(data);

Scores result = trainer.Evaluate(data.Test!);
Console.WriteLine($"{result} (wanted: an accuracy of 0.95, a price error of at most 0.15)");
return result["accuracy"] >= 0.95 && result["price error"] <= 0.15 ? 0 : 1;

// snippet: layer
sealed class Net : Layer
{
    public static readonly Bundle Inputs = new(("picture", [8, 8, 1]), ("shop", []), ("size", [1]));
    public static readonly Bundle Outputs = new(("scores", [3]), ("price", [1]));
    public static readonly Bundle Targets = new(("kind", []), ("price", [1]));

    readonly Sequential _eye = new(new Conv2d(1, 8, kernel: 3), new Relu(), new Flatten(), new Linear(288, 32));
    readonly Embedding _shop = new(tokens: 5, features: 4);
    readonly Sequential _scores = new(new Relu(), new Linear(37, 3));
    readonly Sequential _price = new(new Linear(37, 64), new Relu(), new Linear(64, 1));

    protected override Tensor Run(Tensor x)
    {
        var (picture, shop, size) = Inputs.Unpack(x);
        Tensor all = Tensor.Concat(axis: 1, _eye.Forward(picture), _shop.Forward(shop.To(DType.Int32)), size);
        return Outputs.Pack(_scores.Forward(all), _price.Forward(all));
    }

    protected override void Parts(Parts parts) => parts.Add(_eye).Add(_shop).Add(_scores).Add(_price);
}
// end
