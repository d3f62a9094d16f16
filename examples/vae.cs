#:property PublishAot=false
#:project ../src/Hondo.Datasets
// A variational autoencoder (Kingma and Welling 2013, arXiv:1312.6114): the encoder says mean and log-variance of 16
// latent numbers, the decoder draws a digit from a sample of them, and one loss pulls both.
var model = new Vae(latents: 16);
// snippet: step
var trainer = new Trainer(model, step =>
{
    Tensor pixels = step.Inputs.Flatten();
    var (mean, logVariance) = model.Encode(pixels);
    Tensor z = mean + (0.5f * logVariance).Exp() * step.RandomNormal(mean.Shape);
    Tensor pixelLoss = model.Decoder.Forward(z).BinaryCrossEntropy(pixels, reduce: Reduce.Sum) / step.Count;
    Tensor divergence = -0.5f * (1 + logVariance - mean.Square() - logVariance.Exp()).Sum() / step.Count;
    step.Minimize(pixelLoss + divergence);
    step.Log("pixels", pixelLoss);
    step.Log("divergence", divergence);
}, new Adam(model.Parameters, learningRate: 0.002))
{ Epochs = 5, BatchSize = 64 };
// end
trainer.Fit(new(Datasets.Digits().Train));

Scores scores = trainer.Evaluate(Datasets.Digits().Test!);
float[] digit = model.Decoder.Forward(Tensor.RandomNormal([1, 16], seed: 4)).Sigmoid().ToArray<float>();
foreach (float[] row in digit.Chunk(28))
    Console.WriteLine(string.Concat(row.Select(pixel => " .:*#"[(int)(pixel * 4.99)])));
Console.WriteLine($"{scores} (wanted: a loss of at most 100 nats)");
return scores.Loss <= 100 ? 0 : 1;

sealed class Vae(int latents) : Layer
{
    readonly Sequential _hidden = new(new Linear(784, 256), new Relu());
    readonly Linear _mean = new(256, latents), _logVariance = new(256, latents);

    public Sequential Decoder { get; } = new(new Linear(latents, 256), new Relu(), new Linear(256, 784));

    public (Tensor Mean, Tensor LogVariance) Encode(Tensor pixels)
    {
        Tensor hidden = _hidden.Forward(pixels);
        return (_mean.Forward(hidden), _logVariance.Forward(hidden));
    }

    protected override Tensor Run(Tensor x) => Decoder.Forward(Encode(x.Flatten()).Mean);

    protected override void Parts(Parts parts) => parts.Add(_hidden).Add(_mean).Add(_logVariance).Add(Decoder);
}
