using System.Globalization;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>Gradients of any function, and the check of gradients by finite differences.</summary>
public static partial class Gradient
{
    /// <summary>
    /// Compares the gradients of a function with finite differences (five points, float64). Works for built-in ops and
    /// for a user's own. A result of several numbers is weighted to one, with a different weight for each.
    /// </summary>
    /// <param name="f">The function; it is called many times.</param>
    /// <param name="inputs">Float64 tensors to differentiate by; Int32 ones (labels) are passed on.</param>
    /// <exception cref="ArgumentException">An input is Float32, in which differences are too coarse to judge
    /// by.</exception>
    public static GradientReport Check(Func<IReadOnlyList<Tensor>, Tensor> f, params ReadOnlySpan<Tensor> inputs)
    {
        var parameters = new List<Parameter>();
        var arguments = new List<Tensor>();
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].DType == DType.Float32)
                throw new ArgumentException(
                    $"Gradient.Check needs Float64 inputs, but input {i} is Float32 {inputs[i].Shape}: "
                    + "make it of doubles, for example Tensor.Of([0.5, 2.0]).", nameof(inputs));
            if (inputs[i].DType == DType.Int32)
            {
                arguments.Add(inputs[i]);
                continue;
            }
            var parameter = Parameter.Of(inputs[i]);
            parameter.Name = $"input {i}";
            parameters.Add(parameter);
            arguments.Add(parameter);
        }
        return new FiniteDifferences(() => f(arguments), parameters, Mode.Training).Check();
    }

    /// <inheritdoc cref="Check(Func{IReadOnlyList{Tensor}, Tensor}, ReadOnlySpan{Tensor})"/>
    public static GradientReport Check(Func<Tensor, Tensor> f, Tensor x) => Check(inputs => f(inputs[0]), x);

    /// <summary>Checks a layer's gradients: those of its input and of every parameter.</summary>
    /// <param name="layer">The layer; it is converted to Float64 and stays so.</param>
    /// <param name="x">A Float64 input, or Int32 tokens.</param>
    /// <param name="mode">Training, or Inference for dropout and batch norm as in use.</param>
    public static GradientReport Check(Layer layer, Tensor x, Mode mode = Mode.Training)
    {
        layer.To(DType.Float64);
        List<Parameter> parameters = [.. layer.Parameters];
        Tensor input = x;
        if (x.DType != DType.Int32)
        {
            var watched = Parameter.Of(x);
            watched.Name = "input";
            parameters.Add(watched);
            input = watched;
        }
        return new FiniteDifferences(() => layer.Forward(input), parameters, mode).Check();
    }

    /// <summary>The gradient of a scalar function of named variables, by automatic differentiation.</summary>
    /// <example><code>
    /// Gradient.Of(v => v["x"] * v["x"] * v["y"] + v["y"], ("x", 1), ("y", 1))      // ∇f = [x: 2, y: 2]
    /// </code></example>
    public static NamedGradient Of(Func<Variables, Tensor> f,
        params ReadOnlySpan<(string Name, double Value)> variables)
    {
        var tensors = new (string Name, Tensor Value)[variables.Length];
        for (int i = 0; i < tensors.Length; i++)
            tensors[i] = (variables[i].Name, Tensor.Scalar(variables[i].Value).Keep());
        return Of(f, tensors);
    }

    /// <summary>
    /// The gradient of a scalar function of named tensors, by automatic differentiation. It nests: inside a step, or
    /// inside another function, the gradient is a function of what is watched there, and is differentiated once more.
    /// </summary>
    /// <example><code>
    /// Gradient.Of(v => Gradient.Of(w => w["x"] * w["x"] * w["x"], ("x", v["x"])).Of("x"), ("x", x))      // f″ = 6x
    /// </code></example>
    public static NamedGradient Of(Func<Variables, Tensor> f,
        params ReadOnlySpan<(string Name, Tensor Value)> variables)
    {
        if (Tape.Active is not null)
            return Nested(f, variables);
        var named = new Variables();
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        foreach ((string name, Tensor value) in variables)
            named.Add(name, Tape.Watch(value, name));
        Tensor y = f(named);
        y.Backward();
        return new(y.Item, named.Gradients());
    }
}

/// <summary>The named variables of a function whose gradient is wanted.</summary>
public sealed class Variables
{
    readonly Dictionary<string, Tensor> _tensors = [];

    /// <summary>The variable of that name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Tensor this[string name] => _tensors.TryGetValue(name, out Tensor tensor)
        ? tensor
        : throw new KeyNotFoundException($"There is no variable '{name}': the function was given "
            + $"{string.Join(", ", _tensors.Keys)}.");

    internal IEnumerable<(string Name, Tensor Value)> All => _tensors.Select(v => (v.Key, v.Value));

    internal void Add(string name, Tensor tensor) => _tensors.Add(name, tensor);

    internal Dictionary<string, Tensor> Gradients() => _tensors.ToDictionary(v => v.Key, v => v.Value.Gradient);
}

/// <summary>A function's value and its gradient by variable.</summary>
public sealed class NamedGradient
{
    readonly Dictionary<string, Tensor> _gradients;

    internal NamedGradient(double value, Dictionary<string, Tensor> gradients) =>
        (Value, _gradients) = (value, gradients);

    /// <summary>f at the point.</summary>
    public double Value { get; }

    /// <summary>∂f/∂name, of a variable that is one number.</summary>
    public double this[string name] => Of(name).Item;

    /// <summary>∂f/∂name, of any variable.</summary>
    /// <exception cref="KeyNotFoundException">There is no such variable.</exception>
    public Tensor Of(string name) => _gradients.TryGetValue(name, out Tensor gradient)
        ? gradient
        : throw new KeyNotFoundException($"There is no variable '{name}': the gradient is by "
            + $"{string.Join(", ", _gradients.Keys)}.");

    /// <summary><c>∇f = [x: 2, y: 2]</c>.</summary>
    public override string ToString() =>
        $"∇f = [{string.Join(", ", _gradients.Select(g => $"{g.Key}: {Text(g.Value)}"))}]";

    static string Text(Tensor gradient) => gradient.Size == 1
        ? gradient.Item.ToString("G6", CultureInfo.InvariantCulture)
        : gradient.ToString();
}
