using System.Reflection;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Fuzz.Calls;

/// <summary>
/// Draws values of any type that the library's public methods take: mostly small ones that fit each other, among them
/// the numbers at which sizes overflow, and NaN.
/// </summary>
sealed class Arguments(Random random)
{
    // The usual length of an axis: tensors whose axes are all alike fit nearly everything.
    const int Edge = 4;

    static readonly int[] Extremes =
    [
        int.MinValue, int.MinValue + 1, -65536, -5, -2, -1, 0, 7, 17, 255, 46_340, 46_341, 65_535, 65_536,
        1 << 29, 1 << 30, (1 << 30) + 1, int.MaxValue / 3, int.MaxValue - 1, int.MaxValue,
    ];

    static readonly double[] Reals =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1, -1, 0.5, 2, 1e-300, 1e300, -1e300,
        5e-324, 1e-45, 4e38, double.MaxValue, double.MinValue, int.MaxValue, 9.3e18,
    ];

    /// <summary>How bold the draws of this call are: 0 never takes an extreme number.</summary>
    public double Boldness { get; init; }

    /// <summary>The rank that this call's tensors prefer.</summary>
    public int Rank { get; init; }

    bool IsBold => random.NextDouble() < Boldness;

    public int Int() => IsBold ? Extremes[random.Next(Extremes.Length)]
        : random.Next(4) switch { 0 => 1, 1 => 2, 2 => random.Next(0, 5), _ => Edge };

    public double Real() => IsBold ? Reals[random.Next(Reals.Length)] : random.Next(1, 10) / 10.0;

    /// <summary>A value for a parameter: its default at times.</summary>
    /// <exception cref="NotSupportedException">Nothing is known about its type.</exception>
    public object? Of(ParameterInfo parameter) => parameter.HasDefaultValue && random.Next(2) == 0
        ? parameter.DefaultValue ?? (parameter.ParameterType.IsValueType
            ? Activator.CreateInstance(parameter.ParameterType) : null)
        : Of(parameter.ParameterType);

    object? Of(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? random.Next(3) == 0 ? null : Of(inner)
        : Invoker.Element(type) is { } element ? Several(element)
        : type.IsArray ? Several(type.GetElementType()!)
        : type.IsEnum ? AnyEnum(type)
        : Simple(type) ?? Special(type) ?? Constructed(type);

    object AnyEnum(Type type) => IsBold ? Enum.ToObject(type, Int())
        : Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!;

    object? Simple(Type type) =>
        type == typeof(int) ? Int()
        : type == typeof(uint) ? (uint)Int()
        : type == typeof(long) ? IsBold ? random.NextInt64(long.MinValue, long.MaxValue) : (long)Int()
        : type == typeof(ulong) ? (ulong)random.NextInt64()
        : type == typeof(double) ? Real()
        : type == typeof(float) ? (float)Real()
        : type == typeof(bool) ? random.Next(2) == 0
        : type == typeof(string) ? "x"
        : null;

    object? Special(Type type) =>
        type == typeof(Tensor) ? Tensor()
        : type == typeof(Shape) ? Shape.Create((int[])Several(typeof(int)))
        : type == typeof(AxisValues) ? AxisValues.Create((int[])Several(typeof(int)))
        : type == typeof(AxisSlice) ? Part()
        : type == typeof(Index) ? new Index(Math.Max(0, Int()), random.Next(2) == 0)
        : type == typeof(Range) ? new Range(Math.Max(0, Int()), new Index(Math.Max(0, Int()), random.Next(2) == 0))
        : type == typeof(Layer) ? AnyLayer()
        : type == typeof(Func<Tensor, Tensor>) ? (Func<Tensor, Tensor>)(x => x)
        : type.IsInterface ? Implementation(type)
        : null;

    // An interface that a layer takes, such as what draws its weights: one of the library's own, or none.
    object? Implementation(Type type) => typeof(Tensor).Assembly.GetExportedTypes()
        .Where(t => type.IsAssignableFrom(t) && !t.IsAbstract && !t.IsGenericType).OrderBy(t => t.Name)
        .ToArray() is [_, ..] known ? Constructed(known[random.Next(known.Length)]) : null;

    object Part() => random.Next(3) switch
    {
        0 => (AxisSlice)(Index)Of(typeof(Index))!,
        1 => (AxisSlice)(Range)Of(typeof(Range))!,
        _ => AxisSlice.Of((Range)Of(typeof(Range))!, Int()),
    };

    Layer AnyLayer() => random.Next(4) switch
    {
        0 => new Linear(Edge, Edge),
        1 => new Relu(),
        2 => new Sequential(),
        _ => new Identity(),
    };

    object Several(Type type)
    {
        int count = IsBold ? random.Next(9) : type == typeof(Tensor) ? random.Next(1, 4) : Math.Max(1, Rank);
        var values = Array.CreateInstance(type, count);
        for (int i = 0; i < count; i++)
            values.SetValue(Of(type), i);
        return values;
    }

    /// <exception cref="NotSupportedException">It has no public constructor.</exception>
    object Constructed(Type type)
    {
        ConstructorInfo[] all = type.GetConstructors();
        if (all.Length == 0)
            return type.IsValueType ? Activator.CreateInstance(type)! : throw new NotSupportedException(type.Name);
        ConstructorInfo one = all[random.Next(all.Length)];
        return one.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. one.GetParameters().Select(Of)], null);
    }

    Tensor Tensor()
    {
        int rank = random.Next(4) == 0 ? random.Next(0, 7) : Rank;
        int edge = IsBold ? random.Next(3) : Edge;
        int[] axes = [.. Enumerable.Repeat(edge, rank)];
        if (rank > 0 && random.Next(8) == 0)
            axes[random.Next(rank)] = IsBold ? Edge * 257 : random.Next(0, 6);
        Shape shape = Shape.Create(axes);
        return random.Next(10) switch
        {
            0 => Tensors.Tensor.Of(Enumerable.Range(0, shape.Size).Select(i => i % 5 * 0.3).ToArray(), shape),
            1 or 2 => Tensors.Tensor.Of(Enumerable.Range(0, shape.Size)
                .Select(i => IsBold ? Int() : i % Edge).ToArray(), shape),
            _ => Tensors.Tensor.Of(Enumerable.Range(0, shape.Size)
                .Select(i => (i * 7 % 11 - 4) * 0.3f).ToArray(), shape),
        };
    }
}
