// %% [markdown]
// # Retropropagación en un grafo de puertas
//
// Una cuenta larga es un grafo de puertas pequeñas. Hacia delante cada puerta calcula su salida; hacia atrás recibe
// cuánto importa esa salida (el gradiente que viene de arriba) y lo reparte entre sus entradas: **derivada local ×
// gradiente de arriba**. Eso es la regla de la cadena, y es toda la retropropagación.
//
// - La suma reparte lo que le llega tal cual.
// - La multiplicación da a cada factor el otro: $dx = y \cdot dz$, $dy = x \cdot dz$.
// - Multiplicar por una constante $a$: $dx = a \cdot dz$.

// %% [markdown]
// ## El ejemplo
//
// $f(x, y, z) = (x + y)\,z$ en (−2, 5, −4), con $q = x + y$.

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
// ## Una puerta propia
//
// Cada puerta guarda de la ida lo que necesita a la vuelta. Así se escribe una multiplicación a mano:

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
// **Ejercicio 1.** Escribe la puerta sigmoide: `Forward` devuelve $s = \sigma(x)$ y `Backward` $s(1-s)$ por el
// gradiente de arriba.

// %% Ejercicio 1 tags=["exercise"]
sealed class SigmoidGate
{
    double _s;

    public double Forward(double x)
    {
        // solución
        _s = 1 / (1 + Math.Exp(-x));
        // fin
        return _s;
    }

    public double Backward(double above)
    {
        double dx = 0;
        // solución
        dx = _s * (1 - _s) * above;
        // fin
        return dx;
    }
}

// %% tags=["check"]
var sigmoid = new SigmoidGate();
Check("σ(1)", sigmoid.Forward(1), 0.7311);
Check("2 · σ'(1)", sigmoid.Backward(2), 2 * Gradient.Of(v => v["x"].Sigmoid(), ("x", 1))["x"]);

// %% [markdown]
// **Ejercicio 2.** La neurona $f = \sigma(w_0 x_0 + w_1 x_1 + w_2)$ con $w = (2, -3, -3)$ y $x = (-1, -2)$: ¿cuánto
// valen $\partial f/\partial w_0$, $\partial f/\partial w_1$ y $\partial f/\partial w_2$?

// %% Ejercicio 2 tags=["exercise"]
double[] slopes = [0, 0, 0];
// solución
NamedGradient g = Gradient.Of(v => (v["w0"] * -1 + v["w1"] * -2 + v["w2"]).Sigmoid(),
    ("w0", 2), ("w1", -3), ("w2", -3));
slopes = [g["w0"], g["w1"], g["w2"]];
// fin
Console.WriteLine(string.Join(", ", slopes.Select(slope => $"{slope:F4}")));

// %% tags=["check"]
double s = 1 / (1 + Math.Exp(-1));
Check("s(1 − s) · (x₀, x₁, 1)", slopes, [-s * (1 - s), -2 * s * (1 - s), s * (1 - s)]);
