#:property PublishAot=false
#:project ../src/Hondo.Data/Hondo.Data.csproj
#:project ../src/Hondo.Insights/Hondo.Insights.csproj
// Trains every named model at its default options on the course's data and counts what the diagnosis says wrongly:
//   dotnet run -c Release benchmarks/alarms.cs -- [PART [DATA or MODEL..]]
// PART of the samples of large sets and of the epochs is taken (0.1): a run is then short, and what it does the same.
// High bias, high variance and overfitting are true of few samples and few epochs: they are listed, and no alarms.
using System.Diagnostics;
using System.Globalization;
using Hondo.Data;
using Hondo.Findings;
using Hondo.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
double part = args.Length > 0 ? double.Parse(args[0]) : 0.1;
string folder = Environment.GetEnvironmentVariable("HONDO_DATA") ?? "";
(string Data, int Samples, string[] Models)[] all =
[
    ("iris", 0, ["mlp", "softmax", "linear"]), ("wine", 0, ["mlp", "softmax", "linear"]),
    ("breast_cancer", 0, ["mlp", "softmax", "logistic"]), ("diabetes", 0, ["mlp", "linear"]),
    ("digits", 2000, ["mlp", "softmax", "linear", "lenet5", "cnn", "vgg", "resnet20"]),
    ("mnist", 6000, ["mlp", "softmax", "linear", "lenet5", "cnn", "vgg", "resnet20"]),
    ("cifar10", 3000, ["mlp", "softmax", "lenet5", "cnn", "vgg", "resnet20", "mobilenet", "squeezenet"]),
    ("shakespeare", 60_000, ["char-rnn(cell: rnn)", "char-rnn", "char-gru", "char-lstm", "char-transformer"]),
];
int runs = 0, alarms = 0;
Console.WriteLine("| data | model | samples | epochs | seconds | alarms | notes |\n|---|---|---|---|---|---|---|");
foreach ((string data, int samples, string[] models) in all)
    foreach (string model in models)
        foreach (ulong seed in samples == 0 ? (ulong[])[1, 2] : [1])
            if (args.Length < 2 || args.AsSpan(1).ContainsAny(data, model))
                Run(data, samples, model, seed);
Console.WriteLine($"alarms: {runs} healthy runs, {alarms} false alarms");
return alarms == 0 ? 0 : 1;

void Run(string data, int samples, string model, ulong seed)
{
    DataSplits parts = Open(data, samples, seed);
    Recipe recipe = Recipe.For(parts, model);
    // Of a large set a part of the epochs is enough to see what begins wrongly; a short schedule ends as a long one.
    // Networks for large pictures begin slowly on small ones: they get all of theirs.
    bool isWhole = samples == 0 || model is "mobilenet" or "squeezenet";
    int epochs = isWhole ? recipe.Epochs : Math.Max(2, (int)(recipe.Epochs * part));
    recipe = Recipe.For(parts, model, epochs) with { Seed = seed };
    var clock = Stopwatch.StartNew();
    History history = recipe.Trainer(parts, new Diagnosis()).Fit(parts);
    Finding[] said = [.. history.Findings.Where(finding => finding.Severity != Severity.Note)];
    Finding[] wrong = [.. said.Where(finding => !finding.Code.StartsWith("high-") && finding.Code != "overfitting")];
    (runs, alarms) = (runs + 1, alarms + wrong.Length);
    Console.WriteLine($"| {data} | {model}, seed {seed} | {parts.Train.Count} | {epochs} "
        + $"| {clock.Elapsed.TotalSeconds:0.0} | {string.Join(" ", wrong.Select(one => $"{one.Code} {one.Message}"))} "
        + $"| {string.Join(" ", said.Except(wrong).Select(one => one.Code))} |");
}

DataSplits Open(string data, int samples, ulong seed)
{
    string table = Path.Combine(folder, "tabular", $"{data}.csv");
    if (data == "shakespeare")
        return TextData.Of("shakespeare", File.ReadAllText(Path.Combine(folder, "text", "shakespeare.txt"))[..samples],
            new() { Window = 50, Streams = 16 });
    DataSplits whole = DataSource.Open(samples == 0 && File.Exists(table) ? table : data, new()).Parts;
    if (samples == 0)
        return (whole.Train.Count < 300 ? Split.TrainAndTest : Split.Usual).Of(new DataSplits(whole.Train), seed);
    return new Split(80, 0, 20).Of(new DataSplits(whole.Train.Take(samples)), seed);
}
