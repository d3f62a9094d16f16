using Hondo.Onnx.Graphs;
using Hondo.Onnx.Ops;
using Hondo.Onnx.Values;
using Hondo.Tensors;

namespace Hondo.Onnx.Runtime;

/// <summary>Runs a graph node by node: every type, every op that Hondo knows, always the plain definition.</summary>
sealed class Interpreter(OnnxFile file, INodeRunner? runner = null)
{
    const int MostDepth = 64;

    readonly Random _random = new(1);
    int _depth;

    /// <summary>The file whose functions nodes may call.</summary>
    public OnnxFile File => file;

    /// <summary>Numbers for the ops that draw some; the same in every run.</summary>
    public Random Random => _random;

    /// <summary>The outputs of the whole graph.</summary>
    /// <param name="inputs">A value for each input that no initializer gives, in the graph's order; more may follow
    /// for those that one gives.</param>
    public OnnxValue?[] Run(IReadOnlyList<OnnxValue?> inputs)
    {
        if (inputs.Count < file.Graph.Needed.Count)
            throw new OnnxException($"The model takes {file.Graph.Needed.Count} inputs "
                + $"({string.Join(", ", file.Graph.Needed.Select(i => i.Name))}), but got {inputs.Count}.");
        bool isAll = inputs.Count == file.Graph.Inputs.Count;
        return Run(file.Graph, new(null, file.Opsets), inputs, isAll ? file.Graph.Inputs : file.Graph.Needed);
    }

    /// <summary>The outputs of an inner graph.</summary>
    public OnnxValue?[] Run(Graph graph, Scope outer, params IReadOnlyList<OnnxValue?> inputs) =>
        Run(graph, new(outer, outer.Opsets), inputs, graph.Inputs);

    /// <summary>The outputs of one node, or null where they are not all tensors or cannot be computed.</summary>
    public OnnxTensor[]? Evaluate(Node node, Func<string, OnnxTensor> constant, IReadOnlyDictionary<string, int> opsets)
    {
        var scope = new Scope(null, opsets);
        foreach (string input in node.Inputs.Where(name => name.Length > 0))
            scope.Set(input, constant(input));
        try
        {
            Run(node, scope);
        }
        catch (OnnxException)
        {
            // The node says so itself when it is run.
            return null;
        }
        OnnxValue?[] outputs = [.. node.Outputs.Select(name => name.Length > 0 ? scope.Get(name) : null)];
        return outputs.All(output => output is OnnxTensor) ? [.. outputs.Cast<OnnxTensor>()] : null;
    }

    OnnxValue?[] Run(Graph graph, Scope scope, IReadOnlyList<OnnxValue?> inputs, IReadOnlyList<ValueInfo> names)
    {
        if (++_depth > MostDepth)
            throw new OnnxException($"Graphs call each other more than {MostDepth} deep.");
        foreach ((string name, OnnxTensor tensor) in graph.Initializers)
            scope.Set(name, tensor);
        for (int i = 0; i < Math.Min(inputs.Count, names.Count); i++)
            scope.Set(names[i].Name, inputs[i]);
        foreach (Node node in graph.Nodes)
            Run(node, scope);
        _depth--;
        return [.. graph.Outputs.Select(output => scope.Get(output.Name))];
    }

    void Run(Node node, Scope scope)
    {
        try
        {
            var inputs = new OnnxValue?[node.Inputs.Count];
            for (int i = 0; i < inputs.Length; i++)
                inputs[i] = node.Inputs[i].Length == 0 ? null : scope.Get(node.Inputs[i]);
            OnnxValue?[] outputs = Run(new(node, inputs, scope, this), inputs);
            for (int i = 0; i < node.Outputs.Count; i++)
                if (node.Outputs[i].Length > 0)
                    scope.Set(node.Outputs[i], i < outputs.Length ? outputs[i] : throw new OnnxNotSupportedException(
                        $"Hondo does not compute output {i} of it."));
        }
        catch (OnnxNotSupportedException error) when (error.InnerException is null)
        {
            throw new OnnxNotSupportedException($"{node.Label}: {error.Message}", error);
        }
        catch (OnnxException error) when (error.InnerException is null)
        {
            throw new OnnxException($"{node.Label}: {error.Message}", error);
        }
        catch (Exception error) when (error is IndexOutOfRangeException or ArgumentException or OverflowException
            or InvalidCastException or DivideByZeroException or NullReferenceException or InvalidOperationException
            or ShapeException)
        {
            throw new OnnxException($"{node.Label}: its inputs or attributes do not fit each other ("
                + $"{error.Message.TrimEnd('.')}).", error);
        }
    }

    /// <summary>The outputs of one operator: on the tape, where its inputs lie there.</summary>
    public OnnxValue?[] Run(Call call, OnnxValue?[] inputs) =>
        runner?.TryRun(call) ?? RunOp(call.Node, inputs, call.Scope);

    /// <summary>A value as the ops here take it.</summary>
    public OnnxValue? ToPlain(OnnxValue? value) => runner is null ? value : runner.ToPlain(value);

    /// <summary>Whether a node calls an operator that the file defines itself.</summary>
    public bool IsFunction(Node node) => FunctionOf(node) is not null;

    /// <summary>The outputs of a node by the evaluator's own op.</summary>
    public OnnxValue?[] RunPlain(Call call) =>
        RunOp(call.Node, [.. Enumerable.Range(0, call.Count).Select(call.Value)], call.Scope);

    Function? FunctionOf(Node node)
    {
        foreach (Function function in file.Functions)
            if (function.Name == node.Op && function.Domain == node.Domain)
                return function;
        return null;
    }

    OnnxValue?[] RunOp(Node node, OnnxValue?[] inputs, Scope scope)
    {
        if (FunctionOf(node) is { } function)
            return Run(function, node, inputs, scope);
        OnnxValue?[] plain = runner is null || OpTable.IsComposed(node) ? inputs : [.. inputs.Select(runner.ToPlain)];
        return OpTable.Find(node.Domain, node.Op) is { } op ? op(new(node, plain, scope, this))
            : throw new OnnxNotSupportedException($"Hondo does not know the operator '{node.Op}'"
                + (node.Domain.Length > 0 ? $" of '{node.Domain}'" : "") + ". If the model was exported by a program, "
                + "export it again for an older opset, or with standard operators only.");
    }

    OnnxValue?[] Run(Function function, Node call, OnnxValue?[] inputs, Scope scope)
    {
        if (++_depth > MostDepth)
            throw new OnnxException($"Functions call each other more than {MostDepth} deep.");
        var inner = new Scope(null, function.Opsets.Count > 0 ? function.Opsets : scope.Opsets);
        for (int i = 0; i < function.Inputs.Count; i++)
            inner.Set(function.Inputs[i], i < inputs.Length ? inputs[i] : null);
        foreach (Node node in function.Nodes)
            Run(Bind(node, call, function), inner);
        _depth--;
        return [.. function.Outputs.Select(inner.Get)];
    }

    // An attribute that refers to one of the call takes its value, or is left out with it.
    static Node Bind(Node node, Node call, Function function)
    {
        if (!node.Attributes.Values.Any(value => value is AttributeReference or Graph))
            return node;
        Dictionary<string, object> attributes = [];
        foreach ((string name, object value) in node.Attributes)
            if (value is Graph graph)
                attributes[name] = graph with { Nodes = [.. graph.Nodes.Select(n => Bind(n, call, function))] };
            else if (value is not AttributeReference reference)
                attributes[name] = value;
            else if (call.Attributes.TryGetValue(reference.Name, out object? given)
                || function.Defaults.TryGetValue(reference.Name, out given))
                attributes[name] = given;
        return node with { Attributes = attributes };
    }
}

/// <summary>Runs nodes in another way than the interpreter, where it can.</summary>
interface INodeRunner
{
    /// <summary>The outputs, or null where it cannot.</summary>
    OnnxValue?[]? TryRun(Call call);

    /// <summary>A value as the interpreter's own ops take it.</summary>
    OnnxValue? ToPlain(OnnxValue? value);
}
