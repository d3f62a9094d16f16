namespace Hondo.Tensors;

/// <summary>Ways to make a tensor from numbers.</summary>
public static partial class TensorCreation
{
    extension(Tensor)
    {
        /// <summary>
        /// A tensor of the given numbers. Outside a step it has memory of its own; inside a step it is an input that
        /// the next step refills, and lives as long as the step.
        /// </summary>
        /// <param name="values">The numbers, row-major.</param>
        /// <param name="shape">The axes; one axis when left out.</param>
        /// <exception cref="ShapeException">The shape does not hold as many numbers.</exception>
        public static Tensor Of<T>(ReadOnlySpan<T> values, Shape? shape = null) where T : unmanaged
        {
            Shape axes = shape ?? [values.Length];
            if (axes.Size != values.Length)
                throw new ShapeException(
                    $"Tensor.Of got {values.Length} numbers for shape {axes}, which holds {axes.Size}.");
            Tensor tensor = New(axes, DTypeFacts.Of<T>());
            values.CopyTo(tensor.Node.Value.As<T>());
            return tensor;
        }

        /// <inheritdoc cref="Of{T}(ReadOnlySpan{T}, Shape?)"/>
        public static Tensor Of<T>(T[] values, Shape? shape = null) where T : unmanaged =>
            Of((ReadOnlySpan<T>)values, shape);

        // Not Of: inside a step that would be an input, which ends with the step.
        internal static Tensor Constant<T>(T[] values) where T : unmanaged
        {
            var leaf = new Leaf([values.Length], DTypeFacts.Of<T>());
            values.CopyTo(leaf.Value.As<T>());
            return new(leaf, 0);
        }

        /// <summary>A matrix, or any tensor of two axes, from a C# array.</summary>
        public static Tensor Of<T>(T[,] values) where T : unmanaged
        {
            Shape shape = [values.GetLength(0), values.GetLength(1)];
            Tensor tensor = New(shape, DTypeFacts.Of<T>());
            Span<T> numbers = tensor.Node.Value.As<T>();
            for (int row = 0, i = 0; row < shape[0]; row++)
                for (int column = 0; column < shape[1]; column++)
                    numbers[i++] = values[row, column];
            return tensor;
        }

        /// <summary>One number, as a tensor of no axes.</summary>
        public static Tensor Scalar<T>(T value) where T : unmanaged => Of([value], []);

        /// <summary>A tensor of zeros.</summary>
        public static Tensor Zeros(Shape shape, DType type = DType.Float32)
        {
            Tensor tensor = New(shape, type);
            tensor.Node.Value.Bytes.Clear();
            return tensor;
        }

        /// <summary>A tensor that holds one number everywhere.</summary>
        public static Tensor Full(Shape shape, double value, DType type = DType.Float32)
        {
            Tensor tensor = New(shape, type);
            Block block = tensor.Node.Value;
            if (type == DType.Float64)
                block.As<double>().Fill(value);
            else if (type == DType.Int32)
                block.As<int>().Fill(checked((int)value));
            else
                block.As<float>().Fill((float)value);
            return tensor;
        }

        /// <summary>A tensor of ones.</summary>
        public static Tensor Ones(Shape shape, DType type = DType.Float32) => Full(shape, 1, type);

        /// <summary>Zeros in the shape and type of another tensor.</summary>
        public static Tensor ZerosLike(Tensor other) => Zeros(other.Shape, other.DType);

        /// <summary>Ones in the shape and type of another tensor.</summary>
        public static Tensor OnesLike(Tensor other) => Ones(other.Shape, other.DType);
    }

    /// <summary>A tensor whose numbers are a function of their row-major place.</summary>
    internal static Tensor Filled<F>(Shape shape, DType type, F number) where F : struct, INumberAt
    {
        Tensor tensor = New(shape, type);
        Block block = tensor.Node.Value;
        for (int i = 0; i < shape.Size; i++)
            if (type == DType.Float64)
                block.As<double>()[i] = number.At(i);
            else if (type == DType.Int32)
                block.As<int>()[i] = checked((int)number.At(i));
            else
                block.As<float>()[i] = (float)number.At(i);
        return tensor;
    }

    static Tensor New(Shape shape, DType type) =>
        Tape.Active is { } tape ? tape.Input(shape, type) : new(new Leaf(shape, type), 0);
}

/// <summary>A number as a function of its row-major place; a struct, so that no call allocates.</summary>
interface INumberAt
{
    double At(int i);
}
