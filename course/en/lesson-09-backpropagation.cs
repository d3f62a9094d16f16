// %% [markdown]
// # Backpropagation on a graph of gates
//
// A long calculation is a graph of small gates. Forward each gate computes its output; backward it is told how much
// that output matters (the gradient from above) and hands it on to its inputs: **local derivative × gradient from
// above**. That is the chain rule, and it is all of backpropagation.
//
// - A sum hands on what it receives as it is.
// - A product gives each factor the other one: $dx = y \cdot dz$, $dy = x \cdot dz$.
// - Multiplying by a constant $a$: $dx = a \cdot dz$.

// %% [markdown]
// ## The worked example
//
// $f(x, y, z) = (x + y)\,z$ at (−2, 5, −4), with $q = x + y$.

// %%
using (Tape.Begin())
{
    Tensor x = Tape.Watch(Tensor.Scalar(-2.0), "x"), y = Tape.Watch(Tensor.Scalar(5.0), "y");
    Tensor z = Tape.Watch(Tensor.Scalar(-4.0), "z");
    Tensor q = x + y, f = q * z;
    f.Backward(BackwardOptions.KeepAll);
    Check("q, f", [q.Item, f.Item], [3, -12]);
    Check("∂f/∂z", z.Gradient.Item, 3);
    Check("∂f/∂q", q.Gradient.Item, -4);
    Check("∂f/∂x, ∂f/∂y", [x.Gradient.Item, y.Gradient.Item], [-4, -4]);
    Display(ComputationGraph.Of(f));
}

// %% [markdown]
// ## A gate of one's own
//
// On the way forward each gate keeps what it needs on the way back. A product written by hand:

// %%
sealed class MultiplyGate
{
    double _x, _y;

    public double Forward(double x, double y)
    {
        (_x, _y) = (x, y);
        return x * y;
    }

    public (double X, double Y) Backward(double above) => (_y * above, _x * above);
}
var gate = new MultiplyGate();
Check("3 · (−4)", gate.Forward(3, -4), -12);
(double dx, double dy) = gate.Backward(1);
Check("dx = y·dz, dy = x·dz", [dx, dy], [-4, 3]);

// %% [markdown]
// **Exercise 1.** Write the sigmoid gate: `Forward` gives $s = \sigma(x)$, and `Backward` $s(1-s)$ times the gradient
// from above.

// %% Exercise 1 tags=["exercise"]
sealed class SigmoidGate
{
    double _s;

    public double Forward(double x)
    {
        // solution
        _s = 1 / (1 + Math.Exp(-x));
        // end
        return _s;
    }

    public double Backward(double above)
    {
        double dx = 0;
        // solution
        dx = _s * (1 - _s) * above;
        // end
        return dx;
    }
}

// %% tags=["check"]
var sigmoid = new SigmoidGate();
Check("σ(1)", sigmoid.Forward(1), 0.7311);
Check("2 · σ'(1)", sigmoid.Backward(2), 2 * Gradient.Of(v => v["x"].Sigmoid(), ("x", 1))["x"]);

// %% [markdown]
// **Exercise 2.** The neuron $f = \sigma(w_0 x_0 + w_1 x_1 + w_2)$ with $w = (2, -3, -3)$ and $x = (-1, -2)$: what are
// $\partial f/\partial w_0$, $\partial f/\partial w_1$ and $\partial f/\partial w_2$?

// %% Exercise 2 tags=["exercise"]
double[] slopes = [0, 0, 0];
// solution
NamedGradient g = Gradient.Of(v => (v["w0"] * -1 + v["w1"] * -2 + v["w2"]).Sigmoid(),
    ("w0", 2), ("w1", -3), ("w2", -3));
slopes = [g["w0"], g["w1"], g["w2"]];
// end
Console.WriteLine(string.Join(", ", slopes.Select(slope => $"{slope:F4}")));

// %% tags=["check"]
double s = 1 / (1 + Math.Exp(-1));
Check("s(1 − s) · (x₀, x₁, 1)", slopes, [-s * (1 - s), -2 * s * (1 - s), s * (1 - s)]);
