using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Sums of products by Einstein's convention: <c>"bij,bjk->bik"</c>. Operands are joined from left to right, each pair
/// by one batched matrix product [batch, left, summed] · [batch, summed, right], so every gradient is that of
/// <c>Permute</c>, <c>Reshape</c>, <c>Sum</c>, <c>Diagonal</c> and <c>MatMul</c>.
/// </summary>
static class Einsum
{
    public static Tensor Evaluate(string equation, ReadOnlySpan<Tensor> operands)
    {
        (string[] inputs, string output) = Parse(equation, operands);
        (Tensor result, string axes) = Simplify(operands[0], inputs[0], string.Concat(inputs[1..]) + output);
        for (int i = 1; i < inputs.Length; i++)
        {
            string later = string.Concat(inputs[(i + 1)..]) + output;
            (Tensor next, string nextAxes) = Simplify(operands[i], inputs[i], axes + later);
            (result, axes) = Join(result, axes, next, nextAxes, later);
        }
        return Ordered(result, axes, output);
    }

    static (string[] Inputs, string Output) Parse(string equation, ReadOnlySpan<Tensor> operands)
    {
        string[] sides = equation.Replace(" ", "", StringComparison.Ordinal).Split("->");
        string[] inputs = sides[0].Split(',');
        if (sides.Length > 2 || string.Concat(sides).Any(c => !char.IsAsciiLetter(c) && c != ','))
            throw Wrong(equation, "write one letter for each axis, commas between operands and '->' before the "
                + "result, as in \"bij,bjk->bik\"");
        if (inputs.Length != operands.Length || operands.Length == 0)
            throw Wrong(equation, $"it names {inputs.Length} operands, but {operands.Length} were given");
        var lengths = new Dictionary<char, int>();
        for (int i = 0; i < inputs.Length; i++)
        {
            Shape shape = operands[i].Shape;
            if (inputs[i].Length != shape.Rank)
                throw Wrong(equation, $"'{inputs[i]}' has {inputs[i].Length} letters, but operand {i + 1} is {shape}");
            for (int axis = 0; axis < shape.Rank; axis++)
                if (!lengths.TryAdd(inputs[i][axis], shape[axis]) && lengths[inputs[i][axis]] != shape[axis])
                    throw Wrong(equation, $"'{inputs[i][axis]}' is {lengths[inputs[i][axis]]} long, but axis {axis} "
                        + $"of operand {i + 1} {shape} is {shape[axis]}");
        }
        // Without '->' the result has the letters that occur once, by the alphabet, as in NumPy.
        string output = sides.Length == 2 ? sides[1] : string.Concat(sides[0].Where(char.IsAsciiLetter)
            .GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order());
        foreach (char axis in output)
            if (!lengths.ContainsKey(axis) || output.Count(c => c == axis) > 1)
                throw Wrong(equation, $"'{axis}' of the result must be an axis of an operand, and stand there once");
        return (inputs, output);
    }

    static ShapeException Wrong(string equation, string reason) => new($"Einsum(\"{equation}\"): {reason}.");

    // Equal letters of one operand are its diagonal; letters that nobody else has are summed away.
    static (Tensor, string) Simplify(Tensor x, string axes, string others)
    {
        for (int i = 0; i < axes.Length; i++)
            while (axes.IndexOf(axes[i], i + 1) is > 0 and var twin)
            {
                x = x.Diagonal(i, twin);
                axes = axes.Remove(twin, 1).Remove(i, 1) + axes[i];
            }
        for (int i = axes.Length - 1; i >= 0; i--)
            if (!others.Contains(axes[i], StringComparison.Ordinal))
            {
                x = x.Sum(i);
                axes = axes.Remove(i, 1);
            }
        return (x, axes);
    }

    static (Tensor, string) Join(Tensor a, string ofA, Tensor b, string ofB, string later)
    {
        string shared = string.Concat(ofA.Where(ofB.Contains));
        string batch = string.Concat(shared.Where(later.Contains)), summed = string.Concat(shared.Except(batch));
        string left = string.Concat(ofA.Except(shared)), right = string.Concat(ofB.Except(shared));
        Shape leftShape = Part(a, ofA, left), rightShape = Part(b, ofB, right), batchShape = Part(a, ofA, batch);
        int count = batchShape.Size, inner = Part(a, ofA, summed).Size;
        Tensor product = Ordered(a, ofA, batch + left + summed).Reshape(Shape.Create([count, leftShape.Size, inner]))
            .MatMul(Ordered(b, ofB, batch + summed + right).Reshape(Shape.Create([count, inner, rightShape.Size])));
        return (product.Reshape(Shape.Create([.. batchShape, .. leftShape, .. rightShape])), batch + left + right);
    }

    static Shape Part(Tensor x, string axes, string some) => [.. some.Select(c => x.Shape[axes.IndexOf(c)])];

    static Tensor Ordered(Tensor x, string axes, string wanted) => axes == wanted
        ? x
        : x.Permute([.. wanted.Select(c => axes.IndexOf(c))]);
}

/// <content>Einstein's notation.</content>
public static partial class MatrixExtensions
{
    extension(Tensor)
    {
        /// <summary>
        /// The sum of products that an equation in Einstein's notation names: <c>Einsum("bij,bjk->bik", a, b)</c> is
        /// the batched matrix product, <c>"ij->ji"</c> the transpose, <c>"ii->"</c> the trace, <c>"i,j->ij"</c> the
        /// outer product. A letter missing behind <c>-></c> is summed over.
        /// </summary>
        /// <param name="equation">A letter for each axis of each operand, and those of the result.</param>
        /// <param name="operands">As many as the equation names.</param>
        /// <exception cref="ShapeException">The equation does not fit the operands; it says where.</exception>
        public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands) =>
            Ops.Einsum.Evaluate(equation, operands);
    }
}
