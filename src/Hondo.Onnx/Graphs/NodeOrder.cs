namespace Hondo.Onnx.Graphs;

/// <summary>
/// Puts nodes into an order in which each reads only what is there: the file's own, where it is one.
/// </summary>
static class NodeOrder
{
    /// <summary>The nodes in order.</summary>
    /// <param name="nodes">As the file has them.</param>
    /// <param name="inputs">Names that are given.</param>
    /// <param name="initializers">Names that are given too.</param>
    /// <param name="isInner">True when a graph around this one may give what no node makes.</param>
    /// <exception cref="OnnxException">Two nodes make the same value, a value is made nowhere, or there is a cycle.
    /// </exception>
    public static Node[] Sort(Node[] nodes, IEnumerable<string> inputs, IEnumerable<string> initializers, bool isInner)
    {
        HashSet<string> there = [.. inputs, .. initializers, ""];
        Dictionary<string, int> makers = Makers(nodes, there);
        if (!isInner)
            foreach (Node node in nodes)
                foreach (string input in Reads(node))
                    if (!there.Contains(input) && !makers.ContainsKey(input))
                        throw new OnnxException($"{node.Label} reads '{input}', which nothing makes.");
        var waits = new int[nodes.Length];
        List<int>[] readers = [.. nodes.Select(_ => new List<int>())];
        for (int i = 0; i < nodes.Length; i++)
            foreach (string input in Reads(nodes[i]).Distinct())
                if (makers.TryGetValue(input, out int maker))
                {
                    readers[maker].Add(i);
                    waits[i]++;
                }
        return Order(nodes, waits, readers);
    }

    static Dictionary<string, int> Makers(Node[] nodes, HashSet<string> there)
    {
        Dictionary<string, int> makers = [];
        for (int i = 0; i < nodes.Length; i++)
            foreach (string output in nodes[i].Outputs)
                if (output.Length > 0 && (there.Contains(output) || !makers.TryAdd(output, i)))
                    throw new OnnxException($"{nodes[i].Label} makes '{output}', which is there already.");
        return makers;
    }

    // What inner graphs take from outside counts as read.
    static IEnumerable<string> Reads(Node node) => node.Inputs.Concat(node.Attributes.Values.OfType<Graph>()
        .SelectMany(Free));

    static IEnumerable<string> Free(Graph graph)
    {
        HashSet<string> own = [.. graph.Inputs.Select(i => i.Name), .. graph.Initializers.Keys,
            .. graph.Nodes.SelectMany(n => n.Outputs)];
        return graph.Nodes.SelectMany(Reads).Concat(graph.Outputs.Select(o => o.Name))
            .Where(name => !own.Contains(name));
    }

    static Node[] Order(Node[] nodes, int[] waits, List<int>[] readers)
    {
        var ready = new PriorityQueue<int, int>();
        for (int i = 0; i < nodes.Length; i++)
            if (waits[i] == 0)
                ready.Enqueue(i, i);
        var order = new List<Node>(nodes.Length);
        while (ready.TryDequeue(out int i, out _))
        {
            order.Add(nodes[i]);
            foreach (int reader in readers[i])
                if (--waits[reader] == 0)
                    ready.Enqueue(reader, reader);
        }
        return order.Count == nodes.Length ? [.. order] : throw new OnnxException(
            $"{nodes[Array.FindIndex(waits, wait => wait > 0)].Label} waits for its own result: "
                + $"the graph has a cycle.");
    }
}
