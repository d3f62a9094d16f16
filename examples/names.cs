#:property PublishAot=false
#:project ../src/Hondo.Sequences
// Many to one: a GRU reads a name letter by letter in both directions, and the largest of its outputs over the letters
// say which language the name is from.
Dictionary<string, string> names = new()
{
    ["Spanish"] = "garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez ruiz "
        + "hernandez diaz moreno munoz alvarez romero alonso gutierrez navarro torres dominguez vazquez "
        + "ramos gil ramirez serrano",
    ["German"] = "muller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schafer koch bauer "
        + "richter klein wolf schroder neumann schwarz zimmermann braun kruger hofmann hartmann lange "
        + "schmitt werner krause",
    ["Japanese"] = "sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada sasaki "
        + "yamaguchi matsumoto inoue kimura hayashi shimizu yamazaki mori abe ikeda hashimoto ishikawa "
        + "ogawa goto okada",
};
string[] languages = [.. names.Keys];
const int Letters = 27, Longest = 10;

// Short names begin with zeros.
int[] Encode(string name) =>
    [.. name.PadLeft(Longest, '`')[^Longest..].Select(letter => Math.Clamp(letter - '`', 0, Letters - 1))];
int[] tokens = [.. names.Values.SelectMany(list => list.Split(' ')).SelectMany(Encode)];
int[] labels = [.. languages.SelectMany((language, i) => names[language].Split(' ').Select(_ => i))];
Tensor inputs = Tensor.Of(tokens, [labels.Length, Longest]), targets = Tensor.Of(labels);

var model = new Sequential(new Embedding(Letters, 8), new Gru(8, 24, bidirectional: true),
    new Function(y => y.Max(1)), new Dropout(0.3), new Linear(48, languages.Length));
var optimizer = new Adam(model.Parameters, learningRate: 0.01);
for (int epoch = 1; epoch <= 60; epoch++)
{
    using var step = Tape.Begin();
    Tensor scores = model.Forward(inputs), loss = scores.CrossEntropy(targets);
    loss.Backward();
    optimizer.Step();
    if (epoch % 20 == 0)
        Console.WriteLine($"epoch {epoch}: loss {loss.Item:F4}");
}
string[] unseen = ["mendez", "castillo", "herrera", "schuster", "kaiser", "brandt", "fujita", "nakajima", "ueda"];
foreach (string name in unseen)
{
    double[] shares = model.Forward(Tensor.Of(Encode(name), [1, Longest])).Softmax().ToArray<double>();
    Console.WriteLine($"{name,-10} {languages[Array.IndexOf(shares, shares.Max())],-9} {shares.Max():P0}");
}
