#:property PublishAot=false
#:project ../src/Hondo.Vision
// Segmentation by a U-Net (Ronneberger et al. 2015, arXiv:1505.04597): which pixels belong to a disc? Squares and noise
// are there to mislead. The score is intersection over union of the pixels.
const int Count = 500, Side = 32;
float[] pixels = Tensor.RandomNormal([Count, Side, Side, 1], seed: 1, deviation: 0.2).ToArray<float>();
float[] masks = new float[Count * Side * Side], places = Tensor.RandomUniform([Count, 6], seed: 2).ToArray<float>();
for (int i = 0; i < masks.Length; i++)
{
    float[] at = places[(i / Side / Side * 6)..(i / Side / Side * 6 + 6)];
    float row = i / Side % Side, column = i % Side, radius = 4 + 4 * at[2], half = 3 + 3 * at[5];
    bool disc = MathF.Pow(row - 8 - 16 * at[0], 2) + MathF.Pow(column - 8 - 16 * at[1], 2) < radius * radius;
    bool square = MathF.Max(MathF.Abs(row - 6 - 20 * at[3]), MathF.Abs(column - 6 - 20 * at[4])) < half;
    masks[i] = disc ? 1 : 0;
    pixels[i] += disc || square ? 1 : 0;
}
DataSplits data = new Split(80, 0, 20).Of(Dataset.Of("discs", Tensor.Of(pixels, [Count, Side, Side, 1]),
    Tensor.Of(masks, [Count, Side, Side, 1])));

var model = new UNet();
var trainer = new Trainer(model, step =>
{
    Tensor scores = model.Forward(step.Inputs), guess = (scores > 0).To(DType.Float32);
    step.Minimize(scores.BinaryCrossEntropy(step.Targets));
    step.Log("intersection", (guess * step.Targets).Mean());
    step.Log("union", guess.Maximum(step.Targets).Mean());
}, new Adam(model.Parameters, learningRate: 0.01))
{ Epochs = 12, BatchSize = 16, Schedule = new CosineDecay(12) };
trainer.Fit(data);

Scores result = trainer.Evaluate(data.Test!);
double iou = result["intersection"] / result["union"];
Console.WriteLine($"intersection over union: {iou:F3} (wanted: 0.900)");
return iou >= 0.9 ? 0 : 1;

sealed class UNet : Layer
{
    readonly Sequential _down1 = Block(1, 12), _down2 = Block(12, 24), _bottom = Block(24, 24);
    readonly Sequential _up2 = Block(48, 24), _up1 = Block(36, 12);
    readonly Conv2d _end = new(12, 1, kernel: 1);
    readonly MaxPool2d _pool = new(2);
    readonly Upsample _larger = new(2);

    static Sequential Block(int inputs, int outputs) => new(new Conv2d(inputs, outputs, kernel: 3, padding: 1),
        new BatchNorm(outputs), new Relu());

    protected override Tensor Run(Tensor x)
    {
        Tensor fine = _down1.Forward(x), coarse = _down2.Forward(_pool.Forward(fine));
        Tensor up = _larger.Forward(_bottom.Forward(_pool.Forward(coarse)));
        up = _larger.Forward(_up2.Forward(Tensor.Concat(axis: -1, up, coarse)));
        return _end.Forward(_up1.Forward(Tensor.Concat(axis: -1, up, fine)));
    }

    protected override void Parts(Parts parts) => parts.Add(_down1).Add(_down2).Add(_bottom).Add(_up2).Add(_up1)
        .Add(_end).Add(_pool).Add(_larger);
}
