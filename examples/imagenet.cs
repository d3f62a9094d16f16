#:property PublishAot=false
#:project ../src/Hondo.Transfer
#:project ../src/Hondo.Insights
// The practical on ImageNet: what a pretrained network says to photos, and what it looks at.
//   dotnet run examples/imagenet.cs [PHOTO...]
using Hondo.Transfer;

PretrainedModel known = Pretrained.Find("mobilenet_v2");
string[] photos = args.Length > 0 ? args
    : [.. DataFolders.Of("imagenet").Select(folder => Path.Combine(folder, "photos")).Where(Directory.Exists)
        .SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal)];
if (known.Chosen.Path is null || photos.Length == 0)
{
    Console.WriteLine("skipped: the weights of mobilenet_v2 or the photos are not on this machine; they are looked "
        + "for in $HONDO_DATA/imagenet (./hondo models get mobilenet_v2)");
    return;
}
PretrainedNetwork network = Pretrained.MobileNetV2();
Console.WriteLine($"{known}: {network.Model.Parameters.Sum(one => (long)one.Shape.Size):N0} parameters");

// The five most likely classes of each photo.
foreach (string photo in photos)
{
    Console.WriteLine(Path.GetFileName(photo));
    foreach (ClassGuess guess in network.Classify(photo))
        Console.WriteLine($"  {guess.Name,-24} {100 * guess.Probability,5:F1} %");
}

// Which places speak for the first one (Grad-CAM), coarsely: the more, the darker.
Shape sample = network.Card.InputShape!.Value;
var numbers = new float[sample.Size];
ImageFolder.Sample(ImageFile.Read(photos[0]), sample).CopyTo(0, numbers);
Normalization.Parse(network.Card.Normalization).Apply(numbers);
Explanation explanation = Explanation.Of(network.Model, numbers, sample);
HeatMap places = explanation.Places!;
Console.WriteLine($"{Path.GetFileName(photos[0])}: {network.Card.ClassNames[explanation.Target]}, because of");
for (int y = 0; y < places.Height; y++)
    Console.WriteLine("  " + string.Concat(Enumerable.Range(0, places.Width).Select(x =>
        " .:-=+*#%@"[(int)(9.99 * places.Values[y * places.Width + x] / places.Values.Max())]).Select(c => $"{c}{c}")));
