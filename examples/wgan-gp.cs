#:property PublishAot=false
#:project ../src/Hondo.Autograd
// WGAN-GP (Gulrajani et al. 2017): a generator learns eight clusters on a circle from a critic whose slope is held at 1
// by a penalty on its gradient. Backward through that gradient is a derivative of second order.
const int Batch = 128, Noise = 4, Clusters = 8;
Sequential Net(int inputs, int outputs) => new(new Linear(inputs, 64), new LeakyRelu(0.2), new Linear(64, 64),
    new LeakyRelu(0.2), new Linear(64, outputs));
Sequential generator = Net(Noise, 2), critic = Net(2, 1);
var generators = new Adam(generator.Parameters, learningRate: 5e-4, beta1: 0.5, beta2: 0.9);
var critics = new Adam(critic.Parameters, learningRate: 5e-4, beta1: 0.5, beta2: 0.9);

Tensor Real(ulong draw)
{
    Tensor angle = Tensor.RandomUniform([Batch, 1], 1, draw, 0, Clusters).Floor() * (2 * Math.PI / Clusters);
    return Tensor.Concat(1, angle.Cos(), angle.Sin()) + Tensor.RandomNormal([Batch, 2], 2, draw, deviation: 0.02);
}
Tensor Fake(ulong draw) => generator.Forward(Tensor.RandomNormal([Batch, Noise], 3, draw));

for (ulong round = 1, draw = 0; round <= 1500; round++)
{
    double slope = 0;
    for (int i = 0; i < 5; i++, draw++)
    {
        using var step = Tape.Begin();
        Tensor real = Real(draw), fake = Fake(draw).Detach(), share = Tensor.RandomUniform([Batch, 1], 4, draw);
        Tensor between = Tape.Watch(real * share + fake * (1 - share));
        Tensor slopes = Tape.Gradient(critic.Forward(between).Sum(), between, createGraph: true).Norm(1);
        Tensor loss = critic.Forward(fake).Mean() - critic.Forward(real).Mean() + (slopes - 1).Square().Mean();
        loss.Backward();
        critics.Step();
        slope = slopes.ToArray<double>().Average();
    }
    using (var step = Tape.Begin())
    {
        Tensor loss = -critic.Forward(Fake(draw)).Mean();
        loss.Backward();
        generators.Step();
    }
    if (round % 500 == 0)
        Console.WriteLine($"round {round}: the critic's slope {slope:F3}");
}

var found = new int[Clusters];
double[] points = [.. Enumerable.Range(0, 8).SelectMany(i => Fake(1_000_000 + (ulong)i).ToArray<double>())];
int count = points.Length / 2;
for (int i = 0; i < count; i++)
    for (int cluster = 0; cluster < Clusters; cluster++)
        if (Math.Abs(points[2 * i] - Math.Cos(cluster * 2 * Math.PI / Clusters)) < 0.2
            && Math.Abs(points[2 * i + 1] - Math.Sin(cluster * 2 * Math.PI / Clusters)) < 0.2)
            found[cluster]++;
Console.WriteLine($"clusters with points: {found.Count(n => n > count / 80)} of {Clusters}; "
    + $"points in a cluster: {100.0 * found.Sum() / count:F0} %");
