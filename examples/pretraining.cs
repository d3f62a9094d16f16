#:property PublishAot=false
#:project ../src/Hondo.Classical/Hondo.Classical.csproj
#:project ../src/Hondo.Datasets
// Boltzmann machines, stacked, unrolled to an autoencoder and fine-tuned, against PCA with a code of the same size:
//   dotnet run examples/pretraining.cs                            the embedded digits, some seconds
//   dotnet run examples/pretraining.cs -- mnist 30 300 100        MNIST, 30 numbers of code, machines of 300 and 100
using System.Globalization;
using Hondo.Classical;

string name = args.Length > 0 ? args[0] : "digits";
int[] sizes = [.. args.Skip(1).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
(int code, int[] hidden) = sizes.Length > 0 ? (sizes[0], sizes[1..]) : (12, [128]);
DataSplits data = Datasets.Find(name).Open();
Dataset train = name == "digits" ? data.Train.Take(2000) : data.Train;

// snippet: stack
float[] rows = Pretraining.RowsOf(train), unseen = Pretraining.RowsOf(data.Test!);
var learning = new ContrastiveDivergence { Steps = 1, Epochs = 5 };
IReadOnlyList<RestrictedBoltzmannMachine> stack = Pretraining.Stack(rows, 784, [.. hidden, code], learning);

Sequential autoencoder = Pretraining.Unroll(stack);          // 784 → … → code → … → 784 logits
Report("stacked");
var trainer = new Trainer(autoencoder, new BinaryCrossEntropy(), new Adam(autoencoder.Parameters, 0.002))
{
    Epochs = name == "digits" ? 60 : 10, BatchSize = 100, Metrics = [],
};
trainer.Fit(new DataSplits(Pretraining.ToItself(train)));
Report("fine-tuned");
// end

double linear = Pca.Fit(FeatureMatrix.Of(train), code).ReconstructionError(FeatureMatrix.Of(data.Test!));
double deep = Pretraining.ReconstructionError(autoencoder, unseen, 784);
Console.WriteLine(FormattableString.Invariant($"PCA, {code} components: {linear:F2} lost a sample"));
Console.WriteLine(FormattableString.Invariant($"the stack loses {1 - deep / linear:P1} less"));

void Report(string what) => Console.WriteLine(FormattableString.Invariant(
    $"{what}: {Pretraining.ReconstructionError(autoencoder, unseen, 784):F2} lost a sample"));
