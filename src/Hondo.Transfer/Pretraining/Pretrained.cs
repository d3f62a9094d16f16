using Hondo.Data;

namespace Hondo.Transfer;

/// <summary>
/// Published networks by name: <c>Pretrained.MobileNetV2().Classify("photo.jpg")</c>. Weights are looked for in
/// <c>$HONDO_DATA</c>, then in the user's cache folder, and else downloaded with size and SHA-256 checked.
/// </summary>
public static partial class Pretrained
{
    /// <summary>
    /// SqueezeNet 1.0 for ImageNet (Iandola et al. 2016, arXiv:1602.07360): 1.2 million parameters, 227×227.
    /// </summary>
    /// <inheritdoc cref="Load"/>
    public static PretrainedNetwork SqueezeNet() => Load("squeezenet");

    /// <summary>
    /// MobileNet v1 of a quarter of the width for ImageNet (Howard et al. 2017, arXiv:1704.04861): 0.5 million
    /// parameters, 128×128.
    /// </summary>
    /// <inheritdoc cref="Load"/>
    public static PretrainedNetwork MobileNetV1() => Load("mobilenet_v1");

    /// <summary>
    /// MobileNet v2 for ImageNet (Sandler et al. 2018, arXiv:1801.04381): 3.5 million parameters, 224×224.
    /// </summary>
    /// <inheritdoc cref="Load"/>
    public static PretrainedNetwork MobileNetV2() => Load("mobilenet_v2");

    /// <summary>
    /// The body of ResNet-18 for ImageNet, without its last layer (He et al. 2015, arXiv:1512.03385): 224×224 pixels
    /// to 512 features, for transfer.
    /// </summary>
    /// <inheritdoc cref="Load"/>
    public static PretrainedNetwork ResNet18() => Load("resnet18");

    /// <summary>ResNet-20 for CIFAR-10 (He et al. 2015, arXiv:1512.03385): 0.27 million parameters, 32×32.</summary>
    /// <inheritdoc cref="Load"/>
    public static PretrainedNetwork ResNet20() => Load("resnet20");

    /// <summary>ResNet-56 for CIFAR-10 (He et al. 2015, arXiv:1512.03385): 0.86 million parameters, 32×32.</summary>
    /// <inheritdoc cref="Load"/>
    public static PretrainedNetwork ResNet56() => Load("resnet56");

    /// <summary>
    /// AlexNet for ImageNet as Berkeley trained it (Krizhevsky et al. 2012): 61 million parameters, 224×224.
    /// </summary>
    /// <inheritdoc cref="Load"/>
    public static PretrainedNetwork AlexNet() => Load("alexnet");

    /// <summary>The network of a name, with its weights; downloads them where they are not here.</summary>
    /// <param name="name">A name of the <see cref="Catalog"/>.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <exception cref="DataFormatException">There is no such network, or its weights are damaged, or have no mirror.
    /// </exception>
    /// <exception cref="DownloadException">The weights cannot be downloaded.</exception>
    public static PretrainedNetwork Load(string name, IProgress<DownloadProgress>? progress = null) =>
        Find(name).LoadAsync(progress).GetAwaiter().GetResult();

    /// <summary>The entry of a name, in any capitals, with _, - or . between its words; null when there is none.
    /// </summary>
    public static PretrainedModel? Known(string name) =>
        Catalog.FirstOrDefault(known => Plain(known.Name) == Plain(name));

    /// <inheritdoc cref="Known"/>
    /// <exception cref="DataFormatException">There is none; the message has the known and the nearest name.</exception>
    public static PretrainedModel Find(string name) => Known(name) ?? throw new DataFormatException(name, "",
        "there is no pretrained network of this name",
        (Spelling.Nearest(name, Catalog.Select(known => known.Name)) is { } near ? $"Did you mean {near}? " : "")
        + $"Known are {string.Join(", ", Catalog.Select(known => known.Name))}.");

    static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
