#:property PublishAot=false
#:project ../src/Hondo.Sequences
// Sequence to sequence with attention (Bahdanau et al. 2014, arXiv:1409.0473): a string is reversed. The encoder reads
// it; the decoder writes letter by letter, and looks at the encoder's states where it needs to.
const int Letters = 12, Length = 6, Count = 3000, Start = Letters;
float[] strings = Tensor.RandomUniform([Count, Length], seed: 1, high: Letters).Floor().ToArray<float>();
float[] reversed = [.. strings.Chunk(Length).SelectMany(text => text.Reverse())];
DataSplits data = new Split(90, 0, 10).Of(Dataset.Of("strings", Tensor.Of(strings, [Count, Length]),
    Tensor.Of(reversed, [Count, Length])));

var model = new Translator(Letters, Start, features: 48);
var trainer = new Trainer(model, step =>
{
    Tensor target = step.Targets.To(DType.Int32);
    Tensor scores = model.Decode(model.Encode(step.Inputs), target[.., ..^1]);
    step.Minimize(scores.Reshape([-1, Letters]).CrossEntropy(target.Reshape([-1])));
}, new Adam(model.Parameters, learningRate: 0.005))
{ Epochs = 12, BatchSize = 50 };
trainer.Fit(data);

int right = 0, all = 0;
foreach (var (texts, targets) in new Batches(data.Test!, new() { Size = 100 }))
{
    float[] answers = model.Forward(texts).To(DType.Float32).ToArray<float>(), truth = targets.ToArray<float>();
    right += answers.Zip(truth).Count(pair => pair.First == pair.Second);
    all += truth.Length;
}
Console.WriteLine($"letters written right: {(double)right / all:P2} (wanted: 99 %)");
return right >= 0.99 * all ? 0 : 1;

sealed class Translator(int letters, int start, int features) : Layer
{
    readonly Embedding _read = new(letters, features), _written = new(letters + 1, features);
    readonly Gru _encoder = new(features, features, bidirectional: true), _decoder = new(features, 2 * features);
    readonly Linear _scores = new(4 * features, letters);

    public Tensor Encode(Tensor texts) => _encoder.Forward(_read.Forward(texts.To(DType.Int32)));

    public Tensor Decode(Tensor states, Tensor before)
    {
        Tensor begin = Tensor.Full([before.Shape[0], 1], start).To(DType.Int32);
        Tensor written = _decoder.Forward(_written.Forward(Tensor.Concat(axis: 1, begin, before)));
        Tensor seen = written.Attention(states, states, heads: 1);
        return _scores.Forward(Tensor.Concat(axis: -1, written, seen));
    }

    // Without the truth it writes on from its own letters.
    protected override Tensor Run(Tensor x)
    {
        Tensor states = Encode(x), text = Tensor.Zeros([x.Shape[0], 0], DType.Int32);
        for (int i = 0; i < x.Shape[1]; i++)
            text = Tensor.Concat(axis: 1, text, Decode(states, text)[.., ^1..].ArgMax(axis: 2));
        return text;
    }

    protected override void Parts(Parts parts) => parts.Add(_read).Add(_written).Add(_encoder).Add(_decoder)
        .Add(_scores);
}
