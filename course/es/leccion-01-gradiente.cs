// %% [markdown]
// # El gradiente
//
// La derivada dice cuánto cambia una función cuando su variable cambia un poco. Cuando hay varias variables, hay una
// derivada para cada una; todas juntas son el **gradiente**, que apunta hacia donde la función más crece:
//
// $$\nabla f = \left[\frac{\partial f}{\partial x}, \frac{\partial f}{\partial y}\right]$$
//
// Quien quiere bajar va en sentido contrario. Eso es todo lo que hace una red cuando aprende.

// %% [markdown]
// ## El ejemplo
//
// Sea $f(x, y) = x^2 y + y$. A mano: $\partial f / \partial x = 2xy$ y $\partial f / \partial y = x^2 + 1$. En el
// punto (1, 1) las dos valen 2. Hondo deriva por sí solo cualquier función escrita con tensores:

// %%
NamedGradient at11 = Gradient.Of(v => v["x"] * v["x"] * v["y"] + v["y"], ("x", 1), ("y", 1));
Console.WriteLine(at11);
Check("∂f/∂x = 2xy", at11["x"], 2);
Check("∂f/∂y = x² + 1", at11["y"], 2);

// %% [markdown]
// ## La figura
//
// La función a lo largo de $x$, con $y = 1$, y su derivada. Donde la derivada es negativa la función baja; donde es 0
// está el mínimo.

// %%
double[] xs = [.. Enumerable.Range(0, 81).Select(i => -2 + 0.05 * i)];
NamedGradient[] along = [.. xs.Select(x => Gradient.Of(v => v["x"] * v["x"] * v["y"] + v["y"], ("x", x), ("y", 1)))];
new LineChart("f(x, 1) y su derivada",
    [new("f", xs, [.. along.Select(g => g.Value)]), new("∂f/∂x", xs, [.. along.Select(g => g["x"])])])
{
    Across = "x",
    AcrossScale = AxisScale.Linear,
}

// %% [markdown]
// **Ejercicio 1.** Calcula el gradiente de $g(x, y) = y \sin x$ en (0, 3). Antes, hazlo a mano.

// %% Ejercicio 1 tags=["exercise"]
double gx = 0, gy = 1;
// solución
NamedGradient g = Gradient.Of(v => v["y"] * v["x"].Sin(), ("x", 0), ("y", 3));
(gx, gy) = (g["x"], g["y"]);
// fin
Console.WriteLine($"∇g = [{gx}, {gy}]");

// %% tags=["check"]
Check("∂g/∂x = y cos x", gx, 3);
Check("∂g/∂y = sin x", gy, 0);

// %% [markdown]
// **Ejercicio 2.** Baja por $h(x) = (x - 3)^2$ desde $x = 0$: cien pasos $x \leftarrow x - 0.1 \cdot h'(x)$. ¿Dónde
// acaba?

// %% Ejercicio 2 tags=["exercise"]
double place = 0;
// solución
for (int i = 0; i < 100; i++)
    place -= 0.1 * Gradient.Of(v => (v["x"] - 3).Square(), ("x", place))["x"];
// fin
Console.WriteLine($"x = {place:F6}");

// %% tags=["check"]
Check("el mínimo está en 3", place, 3);
