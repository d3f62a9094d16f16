using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Metrics;
using Hondo.Serialization;
using static Hondo.Models.ModelCatalog;

namespace Hondo.Models;

/// <summary>What a text or a model file can name of Hondo.Vision: a new thing is one line here.</summary>
public static class VisionCatalog
{
    /// <summary>
    /// Makes the names known. A C# program that has the package does it by itself at its start; once more changes
    /// nothing.
    /// </summary>
    public static void Register()
    {
        TensorData.Masks = SegmentationTargets.Of;
        OtherPackages.Add("Hondo.Vision", AddAll);
    }

    static void AddAll()
    {
        LayerCatalog.All.RegisterAll(
        [
            new("LocalResponseNorm(size: 5, alpha: 0.0001, beta: 0.75, offset: 1)",
                a => new LocalResponseNorm(a.Int("size"), a.Number("alpha"), a.Number("beta"), a.Number("offset"))),
            new("RandomCrop2d(height, width: null)",
                a => new RandomCrop2d(a.Int("height"), LayerCatalog.IntOf(a, "width"))),
            new("Subsample(stride)", a => new Subsample(a.Int("stride"))),
            new("Upsample(scale: 2, interpolation: Nearest)",
                a => new Upsample(a.Int("scale"), a.OneOf<Kernels.Interpolation>("interpolation"))),
            new("ZeroChannels(count)", a => new ZeroChannels(a.Int("count"))),
        ]);
        LossCatalog.All.RegisterAll([new("DiceCrossEntropy(dice: 1)", a => new DiceCrossEntropy(a.Number("dice")))]);
        MetricCatalog.All.RegisterAll([new("MeanIoU()", _ => new MeanIoU())]);
        TransformCatalog.All.RegisterAll(
        [
            new("Brightness(share: 0.2)", a => new Brightness(a.Number("share"))),
            new("ColorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.02)", a => new ColorJitter(
                a.Number("brightness"), a.Number("contrast"), a.Number("saturation"), a.Number("hue"))),
            new("Contrast(share: 0.2)", a => new Contrast(a.Number("share"))),
            new("Cutout(size)", a => new Cutout(a.Int("size"))),
            new("Erase(probability: 0.5, mostArea: 0.25)",
                a => new Erase(a.Number("probability"), a.Number("mostArea"))),
            new("Flip(probability: 0.5)", a => new Flip(a.Number("probability"))),
            new("PcaColor(deviation: 0.1)", a => new PcaColor(a.Number("deviation"))),
            new("RandomCrop(padding)", a => new RandomCrop(a.Int("padding"))),
            new("RandomResizedCrop(leastArea: 0.08, mostAspect: 1.5)",
                a => new RandomResizedCrop(a.Number("leastArea"), a.Number("mostAspect"))),
            new("Rotate(degrees)", a => new Rotate(a.Number("degrees"))),
            new("Scale(share)", a => new Scale(a.Number("share"))),
            new("Shear(degrees)", a => new Shear(a.Number("degrees"))),
            new("Shift(pixels)", a => new Shift(a.Int("pixels"))),
            new("VerticalFlip(probability: 0.5)", a => new VerticalFlip(a.Number("probability"))),
        ]);
        TransformCatalog.Mixes.RegisterAll([new("CutMix(alpha: 1)", a => new CutMix(a.Number("alpha")))]);
        AddModels();
    }

    static void AddModels() => All.RegisterAll(
    [
        Line("alexnet(groups: 2, dropout: 0.5, hidden: 4096)", (a, input, outputs) =>
            AlexNets.AlexNet(input, outputs, a.Int("groups"), a.Number("dropout"), a.Int("hidden"))),
        Line("cnn(dropout: 0.5)", (a, input, outputs) => ConvNets.Cnn(input, outputs, a.Number("dropout"))),
        Line("lenet5()", (_, input, outputs) => ConvNets.LeNet5(input, outputs)),
        Line("mobilenet(width: 1)", (a, input, outputs) => MobileNets.Version1(input, outputs, a.Number("width"))),
        Line("resnet(layers: 20, projects: true)", (a, input, outputs) =>
            ResNets.ForSmallImages(input, outputs, a.Int("layers"), a.Flag("projects"))),
        Line("resnet20(projects: true)", (a, input, outputs) =>
            ResNets.ForSmallImages(input, outputs, 20, a.Flag("projects"))),
        Line("squeezenet()", (_, input, outputs) => SqueezeNets.Version11(input, outputs)),
        Line("squeezenet10()", (_, input, outputs) => SqueezeNets.Version10(input, outputs)),
        Line("unet(widths: [16, 32, 64])", (a, input, classes) => UNets.UNet(input, classes, a.Ints("widths"))),
        Line("vgg(widths: [32, 64], depth: 2, hidden: 128, dropout: 0.5)", (a, input, outputs) => ConvNets.Vgg(input,
            outputs, a.Ints("widths"), a.Int("depth"), a.Int("hidden"), a.Number("dropout"))),
    ]);
}
