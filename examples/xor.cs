#:property PublishAot=false
#:project ../src/Hondo.Classical
// XOR both ways: composed by hand from gates that a single neuron can compute, and learned by two layers from any seed.
// One layer cannot (Minsky and Papert 1969): no straight line parts {01, 10} from {00, 11}.
double[][] inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];
var xNotY = new McCullochPitts([1, -1], threshold: 1);
var yNotX = new McCullochPitts([-1, 1], threshold: 1);
foreach (double[] x in inputs)
    Console.WriteLine($"by hand: XOR({x[0]}, {x[1]}) = {McCullochPitts.Or.Fire(xNotY.Fire(x), yNotX.Fire(x))}");

Tensor points = Tensor.Of([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]), targets = Tensor.Of([0f, 1, 1, 0], [4, 1]);
for (ulong seed = 1; seed <= 5; seed++)
{
    var model = new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1));
    model.Initialize(seed);
    var optimizer = new Adam(model.Parameters, learningRate: 0.05);
    var loss = new BinaryCrossEntropy();
    double last = 0;
    for (int i = 0; i < 500; i++)
    {
        using var step = Tape.Begin();
        Tensor error = loss.Compute(model.Forward(points), targets);
        error.Backward();
        optimizer.Step();
        last = error.Item;
    }
    IEnumerable<string> answers = model.Forward(points).Sigmoid().ToArray<float>().Select(p => $"{p:F3}");
    Console.WriteLine($"learned, seed {seed}: {string.Join("  ", answers)}   loss {last:F4}");
}
