using System.Diagnostics.CodeAnalysis;

namespace Hondo.Onnx.Values;

/// <summary>
/// A tensor of any type and number of axes. Fractions are held in double, whole numbers and Booleans in 64 bits, each
/// rounded or wrapped to what its type can hold: so an op is written once for fractions and once for whole numbers.
/// What a file holds is decoded at its first use.
/// </summary>
sealed class OnnxTensor : OnnxValue
{
    readonly int[] _dims;
    readonly Func<ITensorSink, ITensorSink>? _read;
    double[]? _numbers;
    long[]? _integers;
    string[]? _texts;

    OnnxTensor(ElementType type, int[] dims)
    {
        (Type, _dims) = (type, dims);
        Size = Dimensions.Product(dims);
    }

    /// <summary>A tensor of a file.</summary>
    /// <param name="type">The type of its numbers.</param>
    /// <param name="dims">The lengths of its axes.</param>
    /// <param name="read">Decodes the numbers into a sink.</param>
    public OnnxTensor(ElementType type, int[] dims, Func<ITensorSink, ITensorSink> read) : this(type, dims) =>
        _read = read;

    public ElementType Type { get; }

    public ReadOnlySpan<int> Dims => _dims;

    public override (ElementType Type, int[] Dims) Form => (Type, _dims);

    public int Rank => _dims.Length;

    public int Size { get; }

    public bool IsFloat => Type.IsFloat();

    /// <summary>The numbers of a type of fractions.</summary>
    public double[] Numbers => _numbers ??= Type.IsFloat() ? Read(new NumberSink(Size)).Numbers : throw No("fractions");

    /// <summary>The numbers of a type of whole numbers, 0 and 1 for Booleans.</summary>
    public long[] Integers => _integers ??= Type.IsInteger() ? Read(new IntegerSink(Size)).Integers
        : throw No("whole numbers");

    /// <summary>The texts.</summary>
    public string[] Texts => _texts ??= Type == ElementType.String ? Read(new TextSink(Size)).Texts : throw No("texts");

    T Read<T>(T sink) where T : ITensorSink => (T)_read!(sink);

    OnnxException No(string what) => new($"{Describe()} holds no {what}.");

    /// <summary>Fractions, rounded here to what the type can hold.</summary>
    public static OnnxTensor Of(ElementType type, int[] dims, double[] numbers)
    {
        if (type != ElementType.Float64)
            for (int i = 0; i < numbers.Length; i++)
                numbers[i] = type.Round(numbers[i]);
        return new(type, dims) { _numbers = numbers };
    }

    /// <summary>Fractions that the type holds already.</summary>
    public static OnnxTensor Exact(ElementType type, int[] dims, double[] numbers) =>
        new(type, dims) { _numbers = numbers };

    /// <summary>Parts one after the other, in turn: a block of each, then the next block of each.</summary>
    /// <param name="parts">Tensors of one type.</param>
    /// <param name="dims">The axes of the result.</param>
    /// <param name="rounds">How many blocks there are of each.</param>
    public static OnnxTensor Interleave(IReadOnlyList<OnnxTensor> parts, int[] dims, int rounds) => parts[0].Type switch
    {
        ElementType.String => Of(dims, Weave([.. parts.Select(p => p.Texts)], rounds)),
        var type when type.IsFloat() => Exact(type, dims, Weave([.. parts.Select(p => p.Numbers)], rounds)),
        var type => new(type, dims) { _integers = Weave([.. parts.Select(p => p.Integers)], rounds) },
    };

    static T[] Weave<T>(T[][] parts, int rounds)
    {
        var woven = new T[parts.Sum(p => p.Length)];
        int at = 0;
        for (int round = 0; round < rounds; round++)
            foreach (T[] part in parts)
            {
                int block = part.Length / rounds;
                Array.Copy(part, round * block, woven, at, block);
                at += block;
            }
        return woven;
    }

    /// <summary>Whole numbers, wrapped here to what the type can hold.</summary>
    public static OnnxTensor Of(ElementType type, int[] dims, long[] integers)
    {
        if (type is not (ElementType.Int64 or ElementType.UInt64))
            for (int i = 0; i < integers.Length; i++)
                integers[i] = type.Wrap(integers[i]);
        return new(type, dims) { _integers = integers };
    }

    /// <summary>Texts.</summary>
    public static OnnxTensor Of(int[] dims, string[] texts) => new(ElementType.String, dims) { _texts = texts };

    /// <summary>A list of int64.</summary>
    public static OnnxTensor List(params ReadOnlySpan<long> integers) =>
        new(ElementType.Int64, [integers.Length]) { _integers = integers.ToArray() };

    /// <summary>One int64.</summary>
    public static OnnxTensor Scalar(long value) => new(ElementType.Int64, []) { _integers = [value] };

    /// <summary>One number of a type.</summary>
    public static OnnxTensor Scalar(ElementType type, double value) => type.IsFloat() ? Of(type, [], [value])
        : Of(type, [], [(long)value]);

    /// <summary>The same numbers along other axes.</summary>
    public OnnxTensor Reshape(params int[] dims)
    {
        if (Dimensions.Product(dims) != Size)
            throw new OnnxException($"{Describe()} cannot be read as [{string.Join(", ", dims)}]: "
                + $"{Size} numbers are not {Dimensions.Product(dims)}.");
        OnnxTensor other = _read is not null ? new(Type, dims, _read) : new(Type, dims);
        (other._numbers, other._integers, other._texts) = (_numbers, _integers, _texts);
        return other;
    }

    /// <summary>The numbers at some places, in another shape; a negative place takes the filler.</summary>
    public OnnxTensor Take(int[] dims, ReadOnlySpan<int> places, OnnxTensor? filler = null) => Type switch
    {
        ElementType.String => Of(dims, Pick(Texts, places, filler is null ? "" : filler.Texts[0])),
        _ when IsFloat => new(Type, dims) { _numbers = Pick(Numbers, places, filler is null ? 0 : filler.Numbers[0]) },
        _ => new(Type, dims) { _integers = Pick(Integers, places, filler is null ? 0 : filler.Integers[0]) },
    };

    static T[] Pick<T>(T[] values, ReadOnlySpan<int> places, T filler)
    {
        var picked = new T[places.Length];
        for (int i = 0; i < picked.Length; i++)
            picked[i] = places[i] < 0 ? filler : values[places[i]];
        return picked;
    }

    /// <summary>The numbers as fractions, whatever their type.</summary>
    public double[] AsNumbers() => IsFloat ? Numbers
        : Type == ElementType.UInt64 ? [.. Integers.Select(x => (double)(ulong)x)]
        : [.. Integers.Select(x => (double)x)];

    /// <summary>The numbers as float32, for Hondo's own tensors.</summary>
    public float[] AsFloats()
    {
        if (_numbers is null && Type == ElementType.Float32)
            return Read(new FloatSink(Size)).Floats;
        double[] numbers = AsNumbers();
        var floats = new float[numbers.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)numbers[i];
        return floats;
    }

    /// <summary>The whole numbers as lengths, axes or places.</summary>
    public int[] AsInts() => [.. Integers.Select(x => (int)Math.Clamp(x, int.MinValue, int.MaxValue))];

    public override string Describe() => $"{Type.Name()} [{string.Join(", ", _dims)}]";

    /// <inheritdoc/>
    [ExcludeFromCodeCoverage]
    public override string ToString() => Describe();
}
