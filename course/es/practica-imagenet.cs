// %% [markdown]
// # Práctica 2: ImageNet con una red preentrenada, y transferencia
//
// ImageNet tiene 1 000 clases y más de un millón de fotos: entrenar con ella lleva días. Por suerte, los pesos de una red
// ya entrenada sirven: primero para reconocer fotos, y luego, cambiando solo su última capa, para clases propias con
// unas decenas de fotos. Aquí la red es SqueezeNet 1.0, con 1,2 millones de parámetros.
//
// Ejecútala con `./hondo notebook run practica-imagenet.cs`; las fotos y los pesos están en `$HONDO_DATA/imagenet`.

// %% [markdown]
// ## 1. Los pesos
//
// Un archivo safetensors tiene los números de cada capa por su nombre. PyTorch guarda los núcleos de una convolución como
// [salidas, entradas, alto, ancho]; Hondo, con las salidas al final.

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
Console.WriteLine($"{names.Length} tensores, {network.Parameters.Sum(one => (long)one.Shape.Size)} parámetros");

// %% tags=["check"]
Check("SqueezeNet tiene 1 248 424 parámetros", network.Parameters.Sum(one => one.Shape.Size) == 1_248_424);

// %% [markdown]
// ## 2. Ocho fotos
//
// La red espera fotos de 227×227, los canales en el orden azul, verde, rojo, y sin la media de ImageNet. Una red no
// avisa si se le dan de otra manera: solo acierta menos.

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
record Guess(string Foto, string Primera, string Probabilidad, string Otras);
int[] Best(int photo, int count) => [.. Enumerable.Range(0, 1000)
    .OrderByDescending(k => scores[1000 * photo + k]).Take(count)];
Display(Pictures(batch, [.. photos.Select((_, i) => classes[Best(i, 1)[0]])], columns: 4));
Display(Table(photos.Select((file, i) => new Guess(Path.GetFileName(file), classes[Best(i, 1)[0]],
    $"{100 * scores[1000 * i + Best(i, 1)[0]]:F1} %", string.Join(", ", Best(i, 5).Skip(1).Select(k => classes[k]))))));

// %% [markdown]
// **Pregunta 1.** ¿En cuántas de las ocho fotos está lo correcto entre las cinco clases más probables? Los nombres de los
// archivos dicen qué hay en ellas; `right` da las clases que valen.

// %% Pregunta 1 tags=["exercise"]
Dictionary<string, string[]> right = new()
{
    ["bird"] = ["chickadee"], ["car"] = ["sports car", "convertible", "racer", "car wheel"],
    ["cat"] = ["tabby", "tiger cat", "Egyptian cat"], ["chicken"] = ["cock", "hen"],
    ["coffee"] = ["espresso", "cup"], ["hot_dog"] = ["hotdog"], ["parrot"] = ["macaw"],
    ["rocket"] = ["missile", "projectile", "space shuttle"],
};
int topFive = 0;
// solución
topFive = photos.Index().Count(photo => Best(photo.Index, 5).Select(k => classes[k])
    .Intersect(right[Path.GetFileNameWithoutExtension(photo.Item)]).Any());
// fin
Console.WriteLine($"{topFive} de {photos.Length} entre las cinco primeras");

// %% tags=["check"]
Check("al menos 7 de 8", topFive >= 7);

// %% [markdown]
// ## 3. Transferencia
//
// Las capas de abajo ven bordes, texturas y partes, que sirven para cualquier foto. Se deja el cuerpo de la red como está y
// se entrena solo una capa lineal sobre sus 512 características, con 50 fotos por clase. Las «fotos propias» son aquí
// cuatro clases de CIFAR-10, de 32×32 píxeles: pon las tuyas en carpetas, una por clase.

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
Console.WriteLine($"{trainLabels.Length} fotos para entrenar, {testLabels.Length} para probar");

// %% [markdown]
// **Pregunta 2.** Entrena una capa lineal con esas características: 100 pasos de Adam con toda la parte de entrenamiento.

// %% Pregunta 2 tags=["exercise"]
var head = new Linear(512, kinds.Length);
// solución
var optimizer = new Adam(head.Parameters, learningRate: 0.003);
Tensor labels = Tensor.Of(trainLabels);
for (int i = 0; i < 100; i++)
{
    using var step = Tape.Begin();
    head.Forward(trainFeatures).CrossEntropy(labels).Backward();
    optimizer.Step();
}
// fin
var matrix = new ConfusionMatrix(kinds);
matrix.Add(head.Forward(testFeatures), Tensor.Of(testLabels));
Console.WriteLine($"test: {100 * matrix.Value:F1} % de aciertos");
matrix

// %% tags=["check"]
Check("la transferencia acierta al menos el 85 %", matrix.Value >= 0.85);

// %% [markdown]
// ## Conclusión
//
// Con 200 fotos y un modelo lineal sobre características ajenas se llega a lo que una red entrenada de cero no alcanza con
// tan pocos datos. Con más fotos, lo siguiente sería afinar también las últimas capas del cuerpo, con una tasa pequeña.
