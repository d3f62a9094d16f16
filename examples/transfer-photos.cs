#:property PublishAot=false
#:project ../src/Hondo.Transfer
// Transfer: fifty pictures of each class are enough for a network that has learned from a million others.
//   dotnet run examples/transfer-photos.cs [FOLDER of class folders]
using Hondo.Transfer;

string? folder = args.Length > 0 ? args[0]
    : DataFolders.Of("cifar10").Select(place => Path.Combine(place, "png")).FirstOrDefault(Directory.Exists);
if (folder is null || Pretrained.Find("squeezenet").Chosen.Path is null)
{
    Console.WriteLine("skipped: the weights of squeezenet or the pictures are not on this machine; they are looked "
        + "for in $HONDO_DATA/imagenet and $HONDO_DATA/cifar10/png (./hondo models get squeezenet)");
    return;
}
// Of the ten classes of CIFAR-10 three, to be quick; a folder of one's own is taken whole.
string[] kinds = ["automobile", "frog", "horse"];
Dataset Some(Dataset part) => args.Length > 0 ? part : part.Part(part.Name,
    [.. Enumerable.Range(0, part.Count).Where(i => kinds.Contains(part.Classes[part.Label(i)]))]);

// snippet: transfer
PretrainedNetwork squeezeNet = Pretrained.SqueezeNet();
DataSplits all = squeezeNet.Open(folder), photos = new(Some(all.Train), Test: Some(all.Test!));
var network = new TransferNetwork(squeezeNet, photos.Train.Classes.Count);
Trainer trainer = network.Trainer(photos);
History history = trainer.Fit(photos);
Scores test = trainer.Evaluate(photos.Test!);
// end
Console.WriteLine(network.Description);
Console.WriteLine($"{photos.Train.Count} pictures to learn from, {history.Count} epochs: training {history[^1].Train}");
Console.WriteLine($"{photos.Test!.Count} pictures to be tested with: {test}");
string file = Path.Combine(Path.GetTempPath(), $"hondo-transfer-{Environment.ProcessId}.safetensors");
ModelFile.Save(network.Model, file, network.CardFor(photos));
var saved = new PretrainedNetwork(Layer.Load(file), network.CardFor(photos));
string picture = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
    .First(name => ImageFile.IsNamedLikeOne(name) && (args.Length > 0 || name.Contains(kinds[0])));
Console.WriteLine($"{Path.GetFileName(picture)}: {string.Join(", ", saved.Classify(picture, 3))}");
File.Delete(file);
if (args.Length == 0 && test["accuracy"] < 0.85)
    throw new InvalidOperationException($"The transfer should reach an accuracy of 0.85, but got {test}.");
