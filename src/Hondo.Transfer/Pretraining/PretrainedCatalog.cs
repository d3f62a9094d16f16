using Hondo.Data;

namespace Hondo.Transfer;

/// <content>The networks that are known.</content>
public static partial class Pretrained
{
    const string ImageNetFolder = "imagenet", CifarFolder = "cifar10/models", Zoo = "ONNX model zoo, onnx/models";

    static readonly string[] CifarClasses = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse",
        "ship", "truck"];

    /// <summary>All of them; a new one is one entry here.</summary>
    public static IReadOnlyList<PretrainedModel> Catalog { get; } =
    [
        OfImageNet("squeezenet", "SqueezeNet 1.0, 227×227, 1.2 million parameters",
            new(ImageNetFolder, File("squeezenet1_0.onnx", 5002212,
                "571abc057bb2ecc26163cb87cbd40023a0d2c3c5ace414adfd477dbff273067c"), Preprocessing.Caffe(227),
                "songhan/SqueezeNet-Deep-Compression fb13faa, pruned and clustered, decoded into float32",
                "BSD 2-Clause"),
            OfZoo("squeezenet/model/squeezenet1.0-8.onnx", "4c46cd00fbdb7cd30b6c1c17ab54f2e1f4f7b177", 4952222,
                "3c0bff2f7c984350d3ffa98e0167dc08c15da88f05d0c31989ebeba6fbb5e025", Preprocessing.Caffe(224),
                "Apache-2.0")),
        OfImageNet("mobilenet_v1", "MobileNet v1 0.25, 128×128, 0.5 million parameters",
            new PretrainedWeights(ImageNetFolder, File("mobilenet_v1_0.25_128.onnx", 1876619,
                "3f4cfe641b7ce6716866e278852d100998a5153d218a192ce92db058f92dd9b2"), Preprocessing.Centered(128, 146),
                "google-coral/test_data 104342d, mobilenet_v1_0.25_128_quant.tflite, 8 bits widened to float32",
                "Apache-2.0")),
        OfImageNet("mobilenet_v2", "MobileNet v2, 224×224, 3.5 million parameters",
            new(ImageNetFolder, File("mobilenet_v2_1.0_224.onnx", 13964532,
                "0b16fb69c21b3d484101024566c67f4bfff727e0892191d6949785dfe15f9562"), Preprocessing.Centered(224, 256),
                "google-coral/test_data 104342d, mobilenet_v2_1.0_224_quant.tflite, 8 bits widened to float32",
                "Apache-2.0"),
            OfZoo("mobilenet/model/mobilenetv2-7.onnx", "13fcb614fdedcc09864c0691c080ccf82ca3b85b", 14246826,
                "c1c513582d56afceff8516c73804e484c81c6a830712ab6d682253f4a3cd042f", Preprocessing.ImageNet(224, 256),
                "Apache-2.0", root: "")),
        new("resnet18", "ResNet-18 without its last layer, 224×224 to 512 features, for transfer", [],
            [new(ImageNetFolder, File("ResNet18.onnx", 63653533,
                "e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f"),
                new(224, 256, [123.15f, 115.90f, 103.06f], [1, 1, 1], IsBlueFirst: true),
                "NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 (its mean picture by channel)", "MIT")
            {
                Archive = (File("microsoft.ml.dnnimagefeaturizer.resnet18.0.23.1.nupkg", 59500419,
                    "7679c0f8832902d64019b7c8f79784d02bcbbce008d22a5249bdef8e8f45cb73",
                    "https://www.nuget.org/api/v2/package/Microsoft.ML.DnnImageFeaturizer.ResNet18/0.23.1"),
                    "tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx"),
            }]),
        OfImageNet("alexnet", "AlexNet as Berkeley trained it, 224×224, 61 million parameters",
            OfZoo("alexnet/model/bvlcalexnet-8.onnx", "2a67a85e670e61bf9819e9df6dae3771974552ff", 243863542,
                "9a4dc22fd706a19462aaec3b08e027e0ef89daf63d123824f20b59b6de9a727b", Preprocessing.Caffe(224),
                "BSD 3-Clause")),
        OfCifar("resnet20", "ResNet-20 for CIFAR-10, 32×32, 0.27 million parameters, 91.7 % right",
            File("resnet20.onnx", 1094624, "c6117777663384b7d79d1023b984278f33dc38e4a7549edea807dc488cb11b4c")),
        OfCifar("resnet56", "ResNet-56 for CIFAR-10, 32×32, 0.86 million parameters, 92.7 % right",
            File("resnet56.onnx", 3456783, "aa582c52dfef255a05e6f1219ba6185b295851fdb60bb9e74c42a4c1e5b996a5")),
    ];

    static PretrainedModel OfImageNet(string name, string summary, params PretrainedWeights[] weights) =>
        new(name, summary, ImageNetClasses.Names, weights) { Aliases = ImageNetClasses.Aliases };

    static PretrainedModel OfCifar(string name, string summary, RemoteFile file) => new(name, summary, CifarClasses,
        [new(CifarFolder, file, Preprocessing.ImageNet(32, 32),
            "akamaster/pytorch_resnet_cifar10 d5489e8, exported from its pretrained_models", "BSD 2-Clause")]);

    static PretrainedWeights OfZoo(string path, string commit, long size, string sha256, Preprocessing preprocessing,
        string licence, string root = "validated/") => new(ImageNetFolder, File(Path.GetFileName(path), size, sha256,
            $"https://media.githubusercontent.com/media/onnx/models/{commit}/{root}vision/classification/{path}"),
            preprocessing, $"{Zoo} {commit[..7]}, {path}", licence);

    static RemoteFile File(string name, long size, string sha256, params string[] mirrors) =>
        new(name, size, sha256, "", [.. mirrors.Select(mirror => new Uri(mirror))]);
}
