#:property PublishAot=false
#:project ../src/Hondo.Datasets
// Why a network needs bends: two linear layers are one linear layer, however wide; with a ReLU between them they are
// not.
// y₁ = 2x + 10, y₂ = 3y₁ − 5  ⇒  y₂ = 6x + 25
var first = new Linear(1, 1);
var second = new Linear(1, 1);
first.Weight.Set(Tensor.Of([2f], [1, 1]));
first.Bias!.Set(Tensor.Of([10f]));
second.Weight.Set(Tensor.Of([3f], [1, 1]));
second.Bias!.Set(Tensor.Of([-5f]));
foreach (float x in (float[])[-2, 0, 1.5f])
{
    double two = second.Forward(first.Forward(Tensor.Of([x], [1, 1]))).Item;
    Console.WriteLine($"x = {x,4}: two layers {two}, one {6 * x + 25}");
}

// The same digits, the same number of layers, with bends and without.
DataSplits digits = Datasets.Digits();
foreach (bool bends in (bool[])[false, true])
    foreach (int hidden in (int[])[1, 2, 5])
    {
        var layers = new List<Layer> { new Flatten() };
        for (int i = 0, width = 784; i < hidden; i++, width = 64)
        {
            layers.Add(new Linear(width, 64));
            if (bends)
                layers.Add(new Relu());
        }
        layers.Add(new Linear(64, 10));
        var model = new Sequential([.. layers]);
        var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)) { Epochs = 12 };
        trainer.Fit(new DataSplits(digits.Train));
        string kind = bends ? "with ReLU" : "linear only";
        Console.WriteLine($"{hidden} hidden layers, {kind,-11}: test {trainer.Evaluate(digits.Test!)}");
    }
