using System.Collections;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// Several named tensors as one [batch, numbers]: the inputs of a layer that takes several, or its outputs. Data sets,
/// trainers, summaries, predictors, files and ONNX see one tensor; the layer unpacks and packs.
/// </summary>
/// <example><code>
/// static readonly Bundle Inputs = new(("picture", [28, 28, 1]), ("age", [1]));
/// protected override Tensor Run(Tensor x) => Head(Body(Inputs.Get(x, "picture")), Inputs.Get(x, "age"));
/// </code></example>
public sealed class Bundle : IReadOnlyList<(string Name, Shape Shape)>
{
    // Packing allocates nothing in the steady state.
    [ThreadStatic] static Tensor[]? _scratch;

    readonly (string Name, Shape Shape)[] _parts;
    readonly int[] _starts;

    /// <summary>A bundle of tensors.</summary>
    /// <param name="parts">Their names, and their shapes without the batch.</param>
    /// <exception cref="ArgumentException">There are none, a name occurs twice, or a shape has no numbers.</exception>
    public Bundle(params ReadOnlySpan<(string Name, Shape Shape)> parts)
    {
        _parts = parts.ToArray();
        _starts = new int[parts.Length + 1];
        if (parts.Length == 0)
            throw new ArgumentException("A bundle needs at least one tensor: (\"picture\", [28, 28, 1]).",
                nameof(parts));
        for (int i = 0; i < parts.Length; i++)
        {
            if (PlaceOf(parts[i].Name) != i)
                throw new ArgumentException($"Two tensors of the bundle are called '{parts[i].Name}'.", nameof(parts));
            if (parts[i].Shape.Size == 0)
                throw new ArgumentException($"'{parts[i].Name}' {parts[i].Shape} has no numbers.", nameof(parts));
            _starts[i + 1] = _starts[i] + parts[i].Shape.Size;
        }
    }

    /// <summary>The shape of all of them as one, without the batch: what a summary starts from.</summary>
    public Shape Sample => [_starts[^1]];

    /// <inheritdoc/>
    public int Count => _parts.Length;

    /// <inheritdoc/>
    public (string Name, Shape Shape) this[int index] => _parts[index];

    /// <summary>One of the tensors.</summary>
    /// <param name="packed">[batch, numbers].</param>
    /// <param name="name">Which.</param>
    /// <returns>[batch, ..shape].</returns>
    /// <exception cref="ArgumentException">There is none of this name; the message lists the names.</exception>
    /// <exception cref="ShapeException">The packed tensor is not of this bundle.</exception>
    public Tensor Get(Tensor packed, string name)
    {
        int place = PlaceOf(name);
        if (place < 0)
            throw new ArgumentException($"There is no '{name}' in this bundle: it has "
                + $"{string.Join(", ", _parts.Select(part => part.Name))}.", nameof(name));
        return Get(packed, place);
    }

    /// <summary>All of the tensors, in order: <c>var (picture, age) = Inputs.Unpack(x)</c> for two of them.</summary>
    /// <exception cref="ShapeException">The packed tensor is not of this bundle.</exception>
    public Unpacked Unpack(Tensor packed) => new(this, packed);

    /// <summary>Makes one tensor of them.</summary>
    /// <param name="tensors">In order, each [batch, ..shape].</param>
    /// <returns>[batch, numbers], float32.</returns>
    /// <exception cref="ShapeException">A tensor has another shape, or one is missing.</exception>
    public Tensor Pack(params ReadOnlySpan<Tensor> tensors)
    {
        if (tensors.Length != _parts.Length)
            throw new ShapeException($"This bundle packs {this}, but got {tensors.Length} tensors.");
        if (_scratch is null || _scratch.Length < tensors.Length)
            _scratch = new Tensor[tensors.Length];
        Span<Tensor> flat = _scratch.AsSpan(0, tensors.Length);
        for (int i = 0; i < flat.Length; i++)
        {
            Shape shape = tensors[i].Shape, each = _parts[i].Shape;
            if (shape.Rank == 0 || shape[1..] != each || shape[0] != tensors[0].Shape[0])
                throw new ShapeException($"'{_parts[i].Name}' is [batch, ..{each}] in this bundle, but got {shape}.");
            Tensor floats = tensors[i].DType == DType.Int32 ? tensors[i].To(DType.Float32) : tensors[i];
            flat[i] = floats.Reshape([shape[0], each.Size]);
        }
        return flat.Length == 1 ? flat[0] : Tensor.Concat(axis: 1, flat);
    }

    internal Tensor Get(Tensor packed, int place)
    {
        if (packed.Shape is not [var batch, var numbers] || numbers != Sample[0])
            throw new ShapeException($"The bundle {this} is packed as [batch, {Sample[0]}], but got {packed.Shape}. "
                + "Pack its tensors with Pack.");
        Shape each = _parts[place].Shape;
        Tensor part = _parts.Length == 1 ? packed : packed.SliceAxis(1, _starts[place].._starts[place + 1]);
        return part.Reshape(each.Batched(batch));
    }

    int PlaceOf(string name) => Array.FindIndex(_parts, part => part.Name == name);

    /// <inheritdoc/>
    public IEnumerator<(string Name, Shape Shape)> GetEnumerator() => _parts.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Names and shapes: <c>picture [28, 28, 1], age [1]</c>.</summary>
    public override string ToString() => string.Join(", ", _parts.Select(part => $"{part.Name} {part.Shape}"));
}

/// <summary>The tensors of a bundle.</summary>
public readonly struct Unpacked
{
    readonly Bundle _bundle;
    readonly Tensor _packed;

    internal Unpacked(Bundle bundle, Tensor packed) => (_bundle, _packed) = (bundle, packed);

    /// <summary>A tensor by its place.</summary>
    public Tensor this[int place] => _bundle.Get(_packed, place);

    /// <summary>A tensor by its name.</summary>
    public Tensor this[string name] => _bundle.Get(_packed, name);

    /// <summary>The first two tensors.</summary>
    public void Deconstruct(out Tensor first, out Tensor second) => (first, second) = (this[0], this[1]);

    /// <summary>The first three tensors.</summary>
    public void Deconstruct(out Tensor first, out Tensor second, out Tensor third) =>
        (first, second, third) = (this[0], this[1], this[2]);
}
