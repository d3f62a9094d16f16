using Hondo.Data;

namespace Hondo.Storage;

/// <summary>The changes of samples (augmentation) that a text can name.</summary>
public static class TransformCatalog
{
    /// <summary>Changes of one sample; a new one is one line here.</summary>
    public static Catalog<ISampleTransform> All { get; } = new("augmentation",
    [
        new("Brightness(share: 0.2)", a => new Brightness(a.Number("share"))),
        new("ColorJitter(brightness: 0.2, contrast: 0.2, saturation: 0.2, hue: 0.02)", a => new ColorJitter(
            a.Number("brightness"), a.Number("contrast"), a.Number("saturation"), a.Number("hue"))),
        new("Contrast(share: 0.2)", a => new Contrast(a.Number("share"))),
        new("Cutout(size)", a => new Cutout(a.Int("size"))),
        new("Erase(probability: 0.5, mostArea: 0.25)", a => new Erase(a.Number("probability"), a.Number("mostArea"))),
        new("Flip(probability: 0.5)", a => new Flip(a.Number("probability"))),
        new("GaussianNoise(deviation: 0.05)", a => new GaussianNoise(a.Number("deviation"))),
        new("RandomCrop(padding)", a => new RandomCrop(a.Int("padding"))),
        new("RandomResizedCrop(leastArea: 0.08, mostAspect: 1.5)",
            a => new RandomResizedCrop(a.Number("leastArea"), a.Number("mostAspect"))),
        new("Rotate(degrees)", a => new Rotate(a.Number("degrees"))),
        new("Scale(share)", a => new Scale(a.Number("share"))),
        new("Shear(degrees)", a => new Shear(a.Number("degrees"))),
        new("Shift(pixels)", a => new Shift(a.Int("pixels"))),
        new("VerticalFlip(probability: 0.5)", a => new VerticalFlip(a.Number("probability"))),
    ]);

    /// <summary>Mixes of whole batches; a new one is one line here.</summary>
    public static Catalog<IBatchMix> Mixes { get; } = new("mix of a batch",
    [
        new("CutMix(alpha: 1)", a => new CutMix(a.Number("alpha"))),
        new("Mixup(alpha: 0.2)", a => new Mixup(a.Number("alpha"))),
    ]);

    /// <summary>Reads <c>shift(2), rotate(10), flip, mixup</c>: transforms in order, mixes of batches among them.
    /// </summary>
    /// <exception cref="CallTextException">The text is malformed, or a name or argument is not known.</exception>
    public static Augmentation Parse(string text)
    {
        var terms = (Term.List)CallText.Parse($"[{text}]");
        return new(terms.Items.Where(term => !Mixes.Knows(term)).Select(All.Build),
            terms.Items.Where(term => Mixes.Knows(term)).Select(Mixes.Build));
    }
}
