// %% [markdown]
// # Practical 2: ImageNet with a pretrained network, and transfer
//
// ImageNet has 1,000 classes and more than a million photos: training on it takes days. Fortunately the weights of a
// network that was trained already serve: first to recognize photos, and then, with only its last layer changed, for
// classes of one's own with some dozens of photos. Here the network is SqueezeNet 1.0, with 1.2 million parameters.
//
// Run it with `./hondo notebook run practical-imagenet.cs`; photos and weights are in `$HONDO_DATA/imagenet`.

// %% [markdown]
// ## 1. The weights
//
// A safetensors file has the numbers of each layer by name. PyTorch keeps the kernels of a convolution as
// [outputs, inputs, height, width]; Hondo, with the outputs last.

// %%
string home = Environment.GetEnvironmentVariable("HONDO_DATA") ?? ".";
string folder = Path.Combine(home, "imagenet");
Sequential network = SqueezeNets.Version10([227, 227, 3], classes: 1000);
IReadOnlyDictionary<string, Tensor> weights =
    Safetensors.Read(Path.Combine(folder, "squeezenet1_0.safetensors")).Tensors;
string[] layers = ["conv1", .. from fire in Enumerable.Range(2, 8)
    from part in new[] { "squeeze1x1", "expand1x1", "expand3x3" }
    select $"fire{fire}.{part}", "conv_final"];
string[] names = [.. layers.SelectMany(layer => (string[])[$"{layer}.weight", $"{layer}.bias"])];
foreach ((Parameter parameter, string name) in network.Parameters.Zip(names))
    parameter.Set(parameter.Shape.Rank == 4 ? weights[name].Permute(2, 3, 1, 0) : weights[name]);
Console.WriteLine($"{names.Length} tensors, {network.Parameters.Sum(one => (long)one.Shape.Size)} parameters");

// %% tags=["check"]
Check("SqueezeNet has 1,248,424 parameters", network.Parameters.Sum(one => one.Shape.Size) == 1_248_424);

// %% [markdown]
// ## 2. Eight photos
//
// The network expects photos of 227×227, their channels in the order blue, green, red, and without ImageNet's mean. A
// network does not say when it is given others: it is only wrong more often.

// %%
string[] classes = [.. File.ReadLines(Path.Combine(folder, "synset_words.txt"))
    .Select(line => line[(line.IndexOf(' ') + 1)..].Split(',')[0])];
string[] photos = [.. Directory.GetFiles(Path.Combine(folder, "photos")).Order(StringComparer.Ordinal)];

float[] Pixels(string file)
{
    Image photo = ImageResize.Cover(ImageFile.Read(file), 227, 227);
    float[] numbers = new float[227 * 227 * 3];
    for (int i = 0; i < 227 * 227; i++)
        for (int channel = 0; channel < 3; channel++)
            numbers[3 * i + channel] = photo.Pixels[photo.Channels * i + (photo.Channels < 3 ? 0 : channel)] / 255f;
    return numbers;
}
Tensor Batch(IEnumerable<string> files)
{
    float[][] all = [.. files.Select(Pixels)];
    return Tensor.Of([.. all.SelectMany(one => one)], [all.Length, 227, 227, 3]);
}
float[] mean = [104, 117, 123];
Tensor Prepared(Tensor batch)
{
    float[] rgb = batch.ToArray<float>(), bgr = new float[rgb.Length];
    for (int i = 0; i < rgb.Length; i++)
        bgr[i] = 255 * rgb[i - i % 3 + (2 - i % 3)] - mean[i % 3];
    return Tensor.Of(bgr, [.. batch.Shape]);
}
Tensor batch = Batch(photos);
float[] scores = network.Forward(Prepared(batch)).Softmax().ToArray<float>();
record Guess(string Photo, string First, string Probability, string Others);
int[] Best(int photo, int count) => [.. Enumerable.Range(0, 1000)
    .OrderByDescending(k => scores[1000 * photo + k]).Take(count)];
Display(Pictures(batch, [.. photos.Select((_, i) => classes[Best(i, 1)[0]])], columns: 4));
Display(Table(photos.Select((file, i) => new Guess(Path.GetFileName(file), classes[Best(i, 1)[0]],
    $"{100 * scores[1000 * i + Best(i, 1)[0]]:F1} %", string.Join(", ", Best(i, 5).Skip(1).Select(k => classes[k]))))));

// %% [markdown]
// **Question 1.** In how many of the eight photos is the right class among the five most probable ones? The names of the
// files say what is on them; `right` has the classes that count.

// %% Question 1 tags=["exercise"]
Dictionary<string, string[]> right = new()
{
    ["bird"] = ["chickadee"], ["car"] = ["sports car", "convertible", "racer", "car wheel"],
    ["cat"] = ["tabby", "tiger cat", "Egyptian cat"], ["chicken"] = ["cock", "hen"],
    ["coffee"] = ["espresso", "cup"], ["hot_dog"] = ["hotdog"], ["parrot"] = ["macaw"],
    ["rocket"] = ["missile", "projectile", "space shuttle"],
};
int topFive = 0;
// solution
topFive = photos.Index().Count(photo => Best(photo.Index, 5).Select(k => classes[k])
    .Intersect(right[Path.GetFileNameWithoutExtension(photo.Item)]).Any());
// end
Console.WriteLine($"{topFive} of {photos.Length} among the first five");

// %% tags=["check"]
Check("at least 7 of 8", topFive >= 7);

// %% [markdown]
// ## 3. Transfer
//
// The lower layers see edges, textures and parts, which serve for any photo. The body of the network stays as it is, and
// only a linear layer on its 512 features is trained, with 50 photos for each class. The "own photos" are four classes
// of CIFAR-10 here, of 32×32 pixels: put yours into folders, one for each class.

// %%
string[] kinds = ["airplane", "automobile", "frog", "horse"];
Sequential body = new([.. network[..^4], new GlobalAveragePool2d()]);
(Tensor Features, int[] Labels) Extract(string part)
{
    List<float> features = [];
    List<int> labels = [];
    foreach ((int kind, string name) in kinds.Index())
        foreach (string[] files in Directory.GetFiles(Path.Combine(home, "cifar10", "png", part, name))
            .Order(StringComparer.Ordinal).Chunk(10))
        {
            features.AddRange(body.Forward(Prepared(Batch(files))).ToArray<float>());
            labels.AddRange(files.Select(_ => kind));
        }
    return (Tensor.Of([.. features], [labels.Count, 512]), [.. labels]);
}
var (trainFeatures, trainLabels) = Extract("train");
var (testFeatures, testLabels) = Extract("test");
Console.WriteLine($"{trainLabels.Length} photos to train on, {testLabels.Length} to test");

// %% [markdown]
// **Question 2.** Train a linear layer on these features: 100 steps of Adam with the whole training part.

// %% Question 2 tags=["exercise"]
var head = new Linear(512, kinds.Length);
// solution
var optimizer = new Adam(head.Parameters, learningRate: 0.003);
Tensor labels = Tensor.Of(trainLabels);
for (int i = 0; i < 100; i++)
{
    using var step = Tape.Begin();
    head.Forward(trainFeatures).CrossEntropy(labels).Backward();
    optimizer.Step();
}
// end
var matrix = new ConfusionMatrix(kinds);
matrix.Add(head.Forward(testFeatures), Tensor.Of(testLabels));
Console.WriteLine($"test: {100 * matrix.Value:F1} % right");
matrix

// %% tags=["check"]
Check("transfer gets at least 85 % right", matrix.Value >= 0.85);

// %% [markdown]
// ## Conclusion
//
// 200 photos and a linear model on another's features reach what a network trained from scratch does not reach with so
// little data. With more photos, fine-tuning the last layers of the body at a small learning rate would come next.
