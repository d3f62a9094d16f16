namespace Hondo.Onnx.Import;

/// <summary>How a value lies in Hondo's layers, beside how it lies in the file.</summary>
enum Layout
{
    /// <summary>[batch, channels, height, width] in the file, [batch, height, width, channels] in Hondo.</summary>
    Image,

    /// <summary>[batch, channels, 1, 1] in the file, [batch, channels] in Hondo.</summary>
    Pooled,

    /// <summary>[batch, features] in both; where channels are told, the features are pixels of an image, which in the
    /// file lie channel by channel and in Hondo pixel by pixel.</summary>
    Rows,
}

/// <summary>The layout of a value and its channels; of rows 0 where the order of features is the file's.</summary>
readonly record struct Form(Layout Layout, int Channels);
