#:property PublishAot=false
#:project ../src/Hondo.Sequences
// Weight tying (Press and Wolf 2016, arXiv:1608.05859): the table that reads letters also writes them. A parameter that
// two layers use is listed once, gets the gradients of both uses, and is once in the file.
const string Text = "how much wood would a woodchuck chuck if a woodchuck could chuck wood ";
const int Window = 20;
char[] letters = [.. Text.Distinct().Order()];
int[] tokens = [.. Text.Select(letter => Array.IndexOf(letters, letter))];
float[] Windows(int shift) => [.. Enumerable.Range(0, Text.Length * Window).Select(i =>
    (float)tokens[(i / Window + i % Window + shift) % Text.Length])];
Dataset data = Dataset.Of("rhyme", Tensor.Of(Windows(0), [Text.Length, Window]),
    Tensor.Of(Windows(1), [Text.Length, Window]));

var model = new TiedReader(letters.Length, 48);
var trainer = new Trainer(model, step =>
{
    Tensor scores = model.Forward(step.Inputs).Reshape([-1, letters.Length]);
    Tensor next = step.Targets.To(DType.Int32).Flatten().Reshape([-1]);
    step.Minimize(scores.CrossEntropy(next));
    step.Log("accuracy", scores.ArgMax(axis: 1).EqualTo(next).To(DType.Float32).Mean());
}, new Adam(model.Parameters, learningRate: 0.01))
{ Epochs = 60, BatchSize = 35 };
double accuracy = trainer.Fit(new(data))[^1].Train["accuracy"];

int tables = model.Parameters.Count(parameter => parameter.Shape == [letters.Length, 48]);
Console.WriteLine($"next letter: {accuracy:P1} right (wanted: 90 %), with {tables} table (wanted: 1)");
return accuracy >= 0.90 && tables == 1 ? 0 : 1;

// snippet: layer
sealed class TiedReader(int letters, int features) : Layer
{
    readonly Embedding _table = new(letters, features, initializer: new Normal(0.2));
    readonly Gru _memory = new(features, features);

    protected override Tensor Run(Tensor x) =>
        _memory.Forward(_table.Forward(x.To(DType.Int32))).Linear(_table.Weight, null);

    protected override void Parts(Parts parts) => parts.Add(_table).Add(_memory);
}
// end
