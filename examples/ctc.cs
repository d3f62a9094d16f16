#:property PublishAot=false
#:project ../src/Hondo.Sequences
// Labels in order, without their places: an LSTM hears melodies, each note held for as long as the player likes, and
// learns by the CTC loss (Graves et al. 2006) to write them down. Nobody tells it where a note begins.
string[] notes = ["do", "re", "mi", "fa"];
const int Melodies = 64, Longest = 4, Steps = 20;
var random = new Random(1);

// Each note sounds in a feature of its own for one to three steps, and a step of silence follows it.
float[] Play(int[] melody)
{
    var sound = new float[Steps * notes.Length];
    for (int i = 0; i < sound.Length; i++)
        sound[i] = 0.3f * (random.NextSingle() - 0.5f);
    int at = random.Next(0, 4);
    foreach (int note in melody)
    {
        for (int end = at + random.Next(1, 4); at < end; at++)
            sound[at * notes.Length + note] += 1;
        at++;
    }
    return sound;
}

int[][] melodies = [.. Enumerable.Range(0, Melodies).Select(i =>
    Enumerable.Range(0, 2 + i % (Longest - 1)).Select(_ => random.Next(notes.Length)).ToArray())];
Tensor sounds = Tensor.Of([.. melodies.SelectMany(Play)], [Melodies, Steps, notes.Length]);
// A note's label is its number and 1, for 0 is the blank, which says nothing; what stands behind a melody is not read.
Tensor labels = Tensor.Of([.. melodies.SelectMany(m => m.Concat(new int[Longest]).Take(Longest)).Select(n => n + 1)],
    [Melodies, Longest]);
Tensor steps = Tensor.Of([.. melodies.Select(_ => Steps)]), counts = Tensor.Of([.. melodies.Select(m => m.Length)]);

var model = new Sequential(new Lstm(notes.Length, 16, bidirectional: true), new Linear(32, 1 + notes.Length),
    new LogSoftmax());
var optimizer = new Adam(model.Parameters, learningRate: 0.02);
for (int epoch = 1; epoch <= 90; epoch++)
{
    using var step = Tape.Begin();
    Tensor loss = model.Forward(sounds).CtcLoss(labels, steps, counts);
    loss.Backward();
    optimizer.Step();
    if (epoch % 30 == 0)
        Console.WriteLine($"epoch {epoch}: loss {loss.Item:F4}");
}
foreach (int[] melody in (int[][])[[0, 1, 2], [3, 3, 1], [2, 0, 0, 2], [1, 3]])
{
    Tensor heard = model.Forward(Tensor.Of(Play(melody), [1, Steps, notes.Length])).Reshape([Steps, 1 + notes.Length]);
    Console.WriteLine($"{Name(melody),-12} heard as {Name(CtcDecoder.Greedy(heard).Select(label => label - 1))}");
}

string Name(IEnumerable<int> melody) => string.Join(' ', melody.Select(note => notes[note]));
