using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>
/// Where PyTorch's order of numbers differs behind <see cref="Flatten"/>: it flattens [channels, height, width], Hondo
/// [height, width, channels]. The columns of the next linear layer, and the numbers of norms before it, are exchanged
/// between the two orders.
/// </summary>
sealed class FlattenOrder
{
    readonly Dictionary<string, Shape> _images = [];

    /// <summary>Nothing is exchanged.</summary>
    public static FlattenOrder None { get; } = new();

    /// <summary>What a model exchanges.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The shape of one sample; only a model without Flatten can do without it.</param>
    /// <exception cref="ArgumentException">The shape is needed, or what follows Flatten has no known order.</exception>
    public static FlattenOrder Of(Layer model, Shape? input)
    {
        if (!model.Layers.Any(layer => layer is Flatten or Reshape))
            return None;
        if (input is not { } sample)
            throw new ArgumentException("This model flattens or reshapes its images. PyTorch does that channels "
                + "first, so that the next layer's columns lie in another order: give the shape of one sample, "
                + "InputShape = [height, width, channels], by which they are exchanged.");
        var order = new FlattenOrder();
        var trace = new ShapeTrace();
        _ = trace.Follow(() => model.Forward(ShapeTrace.Input([1, .. sample])));
        order.Read(model, trace);
        return order;
    }

    void Read(Layer model, ShapeTrace trace)
    {
        Shape? image = null;
        foreach (ShapeTraceRow row in trace.Rows)
            switch (model.Find(row.Path))
            {
                case Flatten when row.Input.Rank > 3:
                    // One channel, or one place, leaves nothing to exchange.
                    image = row.Input[^1] > 1 && row.Input.Size > row.Input[^1] ? row.Input : null;
                    break;
                case Flatten when row.Input.Rank == 3 && model.Layers.Any(IsAlongTime):
                case Reshape when row.Input.Rank > 2 || row.Output.Rank > 2:
                    throw new ArgumentException($"{row.Path}: {row.Text} of {row.Input} has another order in PyTorch, "
                        + "which Hondo cannot tell from here. Load what lies behind it by hand.");
                case Linear linear when image is { } columns:
                    _images.Add(In(row.Path, linear.Weight.Name), columns);
                    image = null;
                    break;
                case { Layers.Count: 1 } layer when image is { } columns
                    && layer.Parameters.All(p => p.Shape.Rank == 1 && p.Shape[0] is var n
                        && (n == 1 || n == columns.SizeAfter(0))):
                    foreach (string name in layer.Parameters.Where(p => p.Shape[0] > 1).Select(p => p.Name)
                        .Concat(layer.States.Select(s => s.Name)))
                        _images.Add(In(row.Path, name), columns);
                    break;
                case { Layers.Count: 1 } when image is not null:
                    throw new ArgumentException($"{row.Path}: {row.Text} follows Flatten, and its numbers have another "
                        + "order in PyTorch, which Hondo cannot tell. Load them by hand.");
            }
    }

    // The name within this model: another model that shares the layer may have named it first.
    static string In(string path, string name) =>
        (path.Length == 0 ? "" : path + ".") + name[(name.LastIndexOf('.') + 1)..];

    static bool IsAlongTime(Layer layer) => layer is Conv1d or ConvTranspose1d;

    /// <summary>A tensor of the model in PyTorch's order.</summary>
    public Tensor ToFile(string name, Tensor values) => Turn(name, values, toFile: true);

    /// <summary>A tensor of a file in Hondo's order.</summary>
    public Tensor FromFile(string name, Tensor values) => Turn(name, values, toFile: false);

    Tensor Turn(string name, Tensor values, bool toFile)
    {
        if (!_images.TryGetValue(name, out Shape image))
            return values;
        return values.DType == DType.Float64
            ? Tensor.Of(Turned(values.ToArray<double>(), image, toFile), values.Shape)
            : Tensor.Of(Turned(values.ToArray<float>(), image, toFile), values.Shape);
    }

    static T[] Turned<T>(T[] values, Shape image, bool toFile)
    {
        int channels = image[^1], run = image.SizeAfter(0), places = run / channels;
        var turned = new T[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int at = i % run, other = at % channels * places + at / channels + (i - at);
            if (toFile)
                turned[other] = values[i];
            else
                turned[i] = values[other];
        }
        return turned;
    }
}
