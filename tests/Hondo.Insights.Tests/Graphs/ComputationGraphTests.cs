using System.Xml.Linq;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Autograd;

public sealed class ComputationGraphTests
{
    // Fundamentals 4.9: f(x, y, z) = (x + y) z at (−2, 5, −4).
    static ComputationGraph Gates()
    {
        using var step = Tape.Begin();
        Tensor x = Tape.Watch(Tensor.Scalar(-2.0), "x"), y = Tape.Watch(Tensor.Scalar(5.0), "y");
        Tensor z = Tape.Watch(Tensor.Scalar(-4.0), "z"), f = (x + y) * z;
        f.Backward(BackwardOptions.KeepAll);
        return ComputationGraph.Of(f);
    }

    [Fact]
    public void The_text_has_the_value_and_gradient_of_every_gate() => Assert.Equal(
        """
        x = -2    gradient -4
        y = 5    gradient -4
        #1 = Add(x, y) = 3    gradient -4
        z = -4    gradient 3
        #2 = Mul(#1, z) = -12    gradient 1

        """, Gates().ToString());

    [Fact]
    public void Results_have_the_names_that_they_are_given()
    {
        using var step = Tape.Begin();
        Tensor x = Tape.Watch(Tensor.Scalar(-2.0), "x"), y = Tape.Watch(Tensor.Scalar(5.0), "y");
        Tensor z = Tape.Watch(Tensor.Scalar(-4.0), "z"), q = x + y, f = q * z;
        f.Backward(BackwardOptions.KeepAll);
        ComputationGraph graph = ComputationGraph.Of(f, ("q", q), ("f", f));
        Assert.Equal(
            """
            x = -2    gradient -4
            y = 5    gradient -4
            q = Add(x, y) = 3    gradient -4
            z = -4    gradient 3
            f = Mul(q, z) = -12    gradient 1

            """, graph.ToString());
        Assert.Contains(">q: Add</text>", graph.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("<title>Grafo</title>", graph.ToSvg("Grafo"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_drawing_is_svg_with_a_box_for_every_gate_and_a_curve_for_every_operand()
    {
        XElement svg = XElement.Parse(Gates().ToSvg());
        XNamespace space = "http://www.w3.org/2000/svg";
        Assert.Equal(5 + 1, svg.Elements(space + "rect").Count());
        Assert.Equal(4, svg.Elements(space + "path").Count());
        string[] gradients = [.. svg.Elements(space + "text").Where(t => t.Attribute("class")?.Value == "gradient")
            .Select(t => t.Value)];
        Assert.Equal(["-4", "-4", "-4", "3", "1"], gradients);
    }

    [Fact]
    public void The_graph_of_a_result_outside_steps_is_refused() => Assert.Contains("Tape.Begin()",
        Assert.Throws<InvalidOperationException>(() => ComputationGraph.Of(Tensor.Of([1f]))).Message,
        StringComparison.Ordinal);
}
