#:property PublishAot=false
#:project ../src/Hondo
// A generative adversarial network (Goodfellow et al. 2014, arXiv:1406.2661) with two optimizers in one step: the
// generator learns to put points where the data are, on a ring of eight clouds.
const int Clouds = 8;
(float X, float Y) Centre(int k) => (MathF.Cos(k * MathF.Tau / Clouds), MathF.Sin(k * MathF.Tau / Clouds));
float[] noise = Tensor.RandomNormal([4096, 2], seed: 1, deviation: 0.05).ToArray<float>();
Tensor points = Tensor.Of([.. noise.Select((x, i) =>
    x + (i % 2 == 0 ? Centre(i / 2 % Clouds).X : Centre(i / 2 % Clouds).Y))], [4096, 2]);

var gan = new Gan();
var generator = new Adam(gan.Generator.Parameters, learningRate: 0.001, beta1: 0.5);
var discriminator = new Adam(gan.Discriminator.Parameters, learningRate: 0.001, beta1: 0.5);
// snippet: step
var trainer = new Trainer(gan, step =>
{
    Tensor fake = gan.Generator.Forward(step.RandomNormal([step.Count, 8]));
    Tensor real = gan.Discriminator.Forward(step.Inputs), judged = gan.Discriminator.Forward(fake.Detach());
    step.Minimize((-real).Softplus().Mean() + judged.Softplus().Mean(), discriminator);
    step.Minimize((-gan.Discriminator.Forward(fake)).Softplus().Mean(), generator);
    step.Log("real", real.Sigmoid().Mean());
}, generator, discriminator)
{ Epochs = 130, BatchSize = 256 };
// end
trainer.Fit(new(Dataset.Of("ring", points)));

float[] made = gan.Generator.Forward(Tensor.RandomNormal([1000, 8], seed: 2)).ToArray<float>();
int[] hits = new int[Clouds];
foreach (float[] point in made.Chunk(2))
    for (int k = 0; k < Clouds; k++)
        if (MathF.Sqrt(MathF.Pow(point[0] - Centre(k).X, 2) + MathF.Pow(point[1] - Centre(k).Y, 2)) < 0.25f)
            hits[k]++;
int covered = hits.Count(count => count >= 20);
Console.WriteLine($"of 1000 points {hits.Sum()} are in a cloud (wanted: 700), in {covered} of {Clouds} (wanted: 8)");
return hits.Sum() >= 700 && covered == Clouds ? 0 : 1;

sealed class Gan : Layer
{
    public Sequential Generator { get; } = new(new Linear(8, 64), new Relu(), new Linear(64, 64), new Relu(),
        new Linear(64, 2));

    public Sequential Discriminator { get; } = new(new Linear(2, 64), new LeakyRelu(0.2), new Linear(64, 64),
        new LeakyRelu(0.2), new Linear(64, 1));

    protected override Tensor Run(Tensor x) => Generator.Forward(x);

    protected override void Parts(Parts parts) => parts.Add(Generator).Add(Discriminator);
}
