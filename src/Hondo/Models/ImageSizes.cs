using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>What networks for images ask of a sample.</summary>
static class ImageSizes
{
    /// <summary>Height, width and channels of a sample.</summary>
    /// <exception cref="ArgumentException">The sample is no image, or too small a one.</exception>
    public static (int Height, int Width, int Channels) Of(string model, Shape input, int smallest)
    {
        if (input is not [var height, var width, var channels])
            throw new ArgumentException($"{model} takes images [height, width, channels], but a sample is {input}. "
                + "For rows of numbers use mlp.", nameof(input));
        return height >= smallest && width >= smallest ? (height, width, channels)
            : throw new ArgumentException($"{model} needs images of at least {smallest}×{smallest} pixels, but a "
                + $"sample is {input}. Scale them up, or use cnn or mlp.", nameof(input));
    }
}
