#:property PublishAot=false
#:project ../src/Hondo
// A table with categories: each of 40 shops and 7 days gets a vector of its own (an embedding), which is learnt; the
// price is a number. What a shop sells depends on all three, and on shop and day together.
const int Rows = 6000, Shops = 40, Days = 7;
float[] uniform = Tensor.RandomUniform([Rows, 3], seed: 1).ToArray<float>();
float[] taste = Tensor.RandomNormal([Shops, 2], seed: 2).ToArray<float>();
var table = new float[Rows * 3];
var sales = new float[Rows];
for (int i = 0; i < Rows; i++)
{
    int shop = (int)(uniform[3 * i] * Shops), day = (int)(uniform[3 * i + 1] * Days);
    float price = uniform[3 * i + 2];
    (table[3 * i], table[3 * i + 1], table[3 * i + 2]) = (shop, day, price);
    sales[i] = taste[2 * shop] + taste[2 * shop + 1] * MathF.Sin(day) - 2 * price;
}
Dataset all = Dataset.Of("sales", Tensor.Of(table, [Rows, 3]), Tensor.Of(sales, [Rows, 1]));
DataSplits data = new Split(70, 0, 30).Of(all);

var model = new ShopModel(Shops, Days);
var trainer = new Trainer(model, new MeanSquaredError(), new Adam(model.Parameters, learningRate: 0.005))
{
    Epochs = 20,
    BatchSize = 64,
    Metrics = [new RSquared()],
};
trainer.Fit(data);

double explained = trainer.Evaluate(data.Test!)[1].Value;
Console.WriteLine($"variance explained: {explained:F3} (wanted: 0.98)");
return explained >= 0.98 ? 0 : 1;

sealed class ShopModel(int shops, int days) : Layer
{
    readonly Embedding _shop = new(shops, 8), _day = new(days, 4);
    readonly Sequential _hidden = new(new Linear(13, 64), new Relu(), new Linear(64, 32), new Relu(),
        new Linear(32, 1));

    protected override Tensor Run(Tensor x)
    {
        Tensor shop = _shop.Forward(x[.., 0].To(DType.Int32)), day = _day.Forward(x[.., 1].To(DType.Int32));
        return _hidden.Forward(Tensor.Concat(axis: -1, shop, day, x[.., 2..3]));
    }

    protected override void Parts(Parts parts) => parts.Add(_shop).Add(_day).Add(_hidden);
}
