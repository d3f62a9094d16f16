using System.Globalization;
using System.Net;
using System.Text;

namespace Hondo.Autograd;

/// <summary>Draws a graph from left to right: one column for each depth, gates as boxes, operands as curves.</summary>
static class GraphSvg
{
    const int ColumnGap = 70, RowHeight = 84, BoxHeight = 34, Margin = 24, CharacterWidth = 8;

    public static string Draw(ComputationGraph graph, string title)
    {
        (int X, int Y, int Width)[] boxes = Layout(graph);
        int width = boxes.Max(b => b.X + b.Width) + Margin, height = boxes.Max(b => b.Y) + RowHeight;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"
                width="{width}" height="{height}" role="img">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>
            text {"{"} font: 13px ui-monospace, Menlo, Consolas, monospace; text-anchor: middle; fill: #1b1f24 {"}"}
            .value {"{"} fill: #0b6e4f {"}"} .gradient {"{"} fill: #b3261e {"}"}
            .gate {"{"} fill: #e8f0fe; stroke: #3b5b92 {"}"} .input {"{"} fill: #fff8e1; stroke: #9a6b00 {"}"}
            path {"{"} fill: none; stroke: #68707a; stroke-width: 1.5 {"}"} .paper {"{"} fill: #ffffff {"}"}
            @media (prefers-color-scheme: dark) {"{"}
            text {"{"} fill: #e6eaee {"}"} .paper {"{"} fill: #16191d {"}"} path {"{"} stroke: #a3abb3 {"}"}
            .value {"{"} fill: #2bc79b {"}"} .gradient {"{"} fill: #ff8a80 {"}"}
            .gate {"{"} fill: #22324d; stroke: #56b4e9 {"}"} .input {"{"} fill: #3a3013; stroke: #e69f00 {"}"}
            {"}"}
            </style>
            <rect class="paper" width="100%" height="100%"/>

            """);
        for (int i = 0; i < boxes.Length; i++)
            foreach (int input in graph.Gates[i].Inputs)
                Edge(svg, boxes[input], boxes[i]);
        for (int i = 0; i < boxes.Length; i++)
            Box(svg, graph.Gates[i], boxes[i]);
        return svg.Append("</svg>\n").ToString();
    }

    static (int X, int Y, int Width)[] Layout(ComputationGraph graph)
    {
        var boxes = new (int X, int Y, int Width)[graph.Gates.Count];
        int left = Margin, rows = graph.Gates.GroupBy(g => g.Depth).Max(column => column.Count());
        for (int depth = 0; depth <= graph.Gates.Max(g => g.Depth); depth++)
        {
            int[] column = [.. Enumerable.Range(0, boxes.Length).Where(i => graph.Gates[i].Depth == depth)];
            int width = column.Max(i => Width(graph.Gates[i]));
            for (int row = 0; row < column.Length; row++)
                boxes[column[row]] = (left, Margin + (rows - column.Length) * RowHeight / 2 + row * RowHeight + 18,
                    width);
            left += width + ColumnGap;
        }
        return boxes;
    }

    static int Width(GraphGate gate)
    {
        int longest = Math.Max(Label(gate).Length + 2, GraphText.Numbers(gate.Value).Length);
        if (gate.Gradient is { } gradient)
            longest = Math.Max(longest, GraphText.Numbers(gradient).Length);
        return Math.Max(56, longest * CharacterWidth);
    }

    static string Label(GraphGate gate) => gate.Name.Length > 0 && !gate.IsInput ? $"{gate.Name}: {gate.Label}"
        : gate.Label;

    static void Edge(StringBuilder svg, (int X, int Y, int Width) from, (int X, int Y, int Width) to)
    {
        int x1 = from.X + from.Width, y1 = from.Y + BoxHeight / 2, x2 = to.X, y2 = to.Y + BoxHeight / 2,
            mid = (x1 + x2) / 2;
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1} {y1} C{mid} {y1} {mid} {y2} {x2} {y2}\"/>\n");
    }

    static void Box(StringBuilder svg, GraphGate gate, (int X, int Y, int Width) box)
    {
        int middle = box.X + box.Width / 2;
        svg.Append(CultureInfo.InvariantCulture, $"""
            <rect class="{(gate.IsInput ? "input" : "gate")}" x="{box.X}" y="{box.Y}"
                width="{box.Width}" height="{BoxHeight}" rx="7"/>
            <text x="{middle}" y="{box.Y + 22}">{WebUtility.HtmlEncode(Label(gate))}</text>
            <text class="value" x="{middle}" y="{box.Y - 6}">{GraphText.Numbers(gate.Value)}</text>

            """);
        if (gate.Gradient is { } gradient)
            svg.Append(CultureInfo.InvariantCulture,
                $"<text class=\"gradient\" x=\"{middle}\" y=\"{box.Y + BoxHeight + 16}\">"
                + $"{GraphText.Numbers(gradient)}</text>\n");
    }
}
