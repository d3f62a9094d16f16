using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Data sets of tensors, as PyTorch's <c>TensorDataset</c>.</summary>
public static class TensorData
{
    extension(Dataset)
    {
        /// <summary>A data set of tensors.</summary>
        /// <param name="name">What messages call it.</param>
        /// <param name="inputs">[count, ..sample], float32 or int32.</param>
        /// <param name="targets">Int32 [count]: classes; int32 [count, height, width]: a class for each pixel, −1 where
        /// none counts. Float32 [count, ..]: numbers in the shape of an output, such
        /// as labels 0 and 1, or a mask.</param>
        /// <param name="classes">The names of the classes; 0, 1, … when left out.</param>
        /// <exception cref="DataFormatException">The counts differ, or a number is NaN or infinite.</exception>
        public static Dataset Of(string name, Tensor inputs, Tensor targets, IReadOnlyList<string>? classes = null) =>
            new(name, Features(name, inputs), targets is { DType: DType.Int32, Shape.Rank: 1 }
                ? Classes(targets.ToArray<int>(), classes, name)
                : targets is { DType: DType.Int32, Shape.Rank: 3 }
                ? MasksOf(targets.ToArray<int>(), targets.Shape[1..], classes, name)
                : new RegressionTargets(targets.ToArray<float>(), Each(name, targets), name));

        /// <summary>
        /// A data set without targets, for a step of one's own or a model that gives back what it gets: the targets
        /// are the inputs.
        /// </summary>
        /// <param name="name">What messages call it.</param>
        /// <param name="inputs">[count, ..sample], float32 or int32.</param>
        public static Dataset Of(string name, Tensor inputs) => Dataset.Of(name, inputs, inputs.To(DType.Float32));
    }

    static FloatFeatures Features(string name, Tensor inputs) => new(inputs.ToArray<float>(), Each(name, inputs));

    static Shape Each(string name, Tensor tensor) => tensor.Shape.Rank switch
    {
        0 => throw new DataFormatException(name, "", "a scalar has no samples", "Give a tensor [count, ..sample]."),
        1 => [1],
        _ => tensor.Shape[1..],
    };

    static ClassTargets Classes(int[] labels, IReadOnlyList<string>? classes, string name) =>
        new(labels, classes ?? Numbered(labels), name);

    // Labels of pixels, [count, height, width]: what to make of them is known to Hondo.Vision.
    static Targets MasksOf(int[] labels, Shape mask, IReadOnlyList<string>? classes, string name) =>
        Masks is { } make ? make(labels, mask, classes ?? Numbered(labels), name)
            : throw new DataFormatException(name, "", $"the targets are labels of pixels {mask}",
                "Masks are in the package Hondo.Vision: dotnet add package Hondo.Vision.");

    /// <summary>Makes targets of masks, once Hondo.Vision is there.</summary>
    internal static Func<int[], Shape, IReadOnlyList<string>, string, Targets>? Masks { get; set; }

    static string[] Numbered(int[] labels) =>
        [.. Enumerable.Range(0, labels.DefaultIfEmpty().Max() + 1).Select(label => $"{label}")];
}
