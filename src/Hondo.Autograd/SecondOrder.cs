using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Autograd;

/// <content>Derivatives of second order, and gradients of single samples.</content>
public static partial class Gradient
{
    /// <summary>
    /// The Hessian of a function times a vector, ∂²f/∂x² · v, without the Hessian: about the cost of four gradients
    /// (Pearlmutter 1994, "Fast exact multiplication by the Hessian").
    /// </summary>
    /// <param name="f">A scalar function of one tensor.</param>
    /// <param name="x">The point.</param>
    /// <param name="v">The vector, in the shape and type of x.</param>
    /// <returns>In the shape of x.</returns>
    /// <exception cref="ShapeException">v has another shape than x, or f gives more than one number.</exception>
    /// <exception cref="NotSupportedException">f uses an op without derivatives of second order.</exception>
    public static Tensor HessianVectorProduct(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        if (v.Shape != x.Shape)
            throw new ShapeException($"The Hessian at a point {x.Shape} multiplies a vector {x.Shape}, not {v.Shape}.");
        (Tensor at, Tensor direction) = (x.Keep(), v.Keep());
        using Tape.Scope step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor watched = Tape.Watch(at);
        (Tape.Gradient(f(watched), watched, createGraph: true) * direction).Sum().Backward();
        return watched.Gradient.Keep();
    }

    /// <summary>
    /// The matrix of second derivatives ∂²f/∂xᵢ∂xⱼ at a point. Exact; where f uses an op without derivatives of second
    /// order, central differences of exact gradients (about nine right digits).
    /// </summary>
    /// <param name="f">A scalar function of one float64 tensor.</param>
    /// <param name="x">The point.</param>
    public static double[,] Hessian(Func<Tensor, Tensor> f, Tensor x)
    {
        try
        {
            return Columns(x, i =>
            {
                double[] unit = new double[x.Size];
                unit[i] = 1;
                Tensor v = Parameter.Of(Tensor.Of(unit, x.Shape)).Value;
                return HessianVectorProduct(f, Parameter.Of(x).Value, v).ToArray<double>();
            });
        }
        catch (NotSupportedException)
        {
            return Differences(f, x);
        }
    }

    static double[,] Differences(Func<Tensor, Tensor> f, Tensor x)
    {
        double[] point = x.ToArray<double>();
        return Columns(x, i =>
        {
            double h = 1e-5 * Math.Max(1, Math.Abs(point[i])), center = point[i];
            point[i] = center + h;
            double[] above = At(point);
            point[i] = center - h;
            double[] below = At(point);
            point[i] = center;
            return [.. above.Zip(below, (a, b) => (a - b) / (2 * h))];
        });

        double[] At(double[] values) =>
            Of(v => f(v["x"]), ("x", Parameter.Of(Tensor.Of(values, x.Shape)).Value)).Of("x").ToArray<double>();
    }

    static double[,] Columns(Tensor x, Func<int, double[]> column)
    {
        var hessian = new double[x.Size, x.Size];
        for (int i = 0; i < x.Size; i++)
        {
            double[] numbers = column(i);
            for (int j = 0; j < x.Size; j++)
                hessian[i, j] = numbers[j];
        }
        return hessian;
    }

    /// <summary>
    /// For each sample the Euclidean length of its own gradient by all parameters, ‖∂Lᵢ/∂θ‖: which samples a model is
    /// pulled by, and what clipping for differential privacy needs. One forward and backward pass for each sample.
    /// </summary>
    /// <param name="model">The model. Its gradients are forgotten afterwards.</param>
    /// <param name="samples">How many samples.</param>
    /// <param name="loss">The loss of one sample, by its number.</param>
    /// <param name="mode">Training, or Inference without dropout.</param>
    public static double[] SampleNorms(Layer model, int samples, Func<int, Tensor> loss, Mode mode = Mode.Training)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        var tape = new Tape();
        double[] norms = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            using Tape.Scope step = tape.Open(new StepInfo(mode, 1, i + 1));
            loss(i).Backward();
            double sum = 0;
            foreach (Parameter parameter in model.Parameters)
                if (tape.ReachedLeaves.Contains(parameter.Leaf))
                    foreach (double g in parameter.Gradient.ToArray<double>())
                        sum += g * g;
            norms[i] = Math.Sqrt(sum);
        }
        model.ZeroGradients();
        return norms;
    }

    // Inside a step the gradient is a result of the step, and keeps its graph where anything else is watched.
    static NamedGradient Nested(Func<Variables, Tensor> f, ReadOnlySpan<(string Name, Tensor Value)> variables)
    {
        var named = new Variables();
        bool dependsOnMore = false;
        foreach ((string name, Tensor value) in variables)
        {
            dependsOnMore |= value.Node.NeedsGradient;
            named.Add(name, Tape.Watch(value, name));
        }
        Tensor y = f(named);
        HashSet<Node> watched = [.. named.All.Select(v => v.Value.Node)];
        bool createGraph = dependsOnMore || Reaches(y.Node, watched);
        return new(y.Item, named.All.ToDictionary(v => v.Name, v => Tape.Gradient(y, v.Value, createGraph)));
    }

    static bool Reaches(Node y, HashSet<Node> watched)
    {
        HashSet<Node> seen = [y];
        Stack<Node> open = new(seen);
        while (open.TryPop(out Node? node))
        {
            if (watched.Contains(node))
                continue;
            if (node is Leaf or Call<Watch>)
                return true;
            foreach (Node input in node.Inputs)
                if (input.NeedsGradient && seen.Add(input))
                    open.Push(input);
        }
        return false;
    }
}
