// %% [markdown]
// # The gradient
//
// The derivative says how much a function changes when its variable changes a little. With several variables there is
// one derivative for each; together they are the **gradient**, which points where the function grows most:
//
// $$\nabla f = \left[\frac{\partial f}{\partial x}, \frac{\partial f}{\partial y}\right]$$
//
// Whoever wants to go down walks the other way. That is all that a network does when it learns.

// %% [markdown]
// ## The worked example
//
// Let $f(x, y) = x^2 y + y$. By hand: $\partial f / \partial x = 2xy$ and $\partial f / \partial y = x^2 + 1$. At the
// point (1, 1) both are 2. Hondo differentiates any function that is written with tensors by itself:

// %%
NamedGradient at11 = Gradient.Of(v => v["x"] * v["x"] * v["y"] + v["y"], ("x", 1), ("y", 1));
Console.WriteLine(at11);
Check("∂f/∂x = 2xy", at11["x"], 2);
Check("∂f/∂y = x² + 1", at11["y"], 2);

// %% [markdown]
// ## The figure
//
// The function along $x$, with $y = 1$, and its derivative. Where the derivative is negative the function falls; where
// it is 0 lies the minimum.

// %%
double[] xs = [.. Enumerable.Range(0, 81).Select(i => -2 + 0.05 * i)];
NamedGradient[] along = [.. xs.Select(x => Gradient.Of(v => v["x"] * v["x"] * v["y"] + v["y"], ("x", x), ("y", 1)))];
new LineChart("f(x, 1) and its derivative",
    [new("f", xs, [.. along.Select(g => g.Value)]), new("∂f/∂x", xs, [.. along.Select(g => g["x"])])])
{
    Across = "x",
    AcrossScale = AxisScale.Linear,
}

// %% [markdown]
// **Exercise 1.** Compute the gradient of $g(x, y) = y \sin x$ at (0, 3). First do it by hand.

// %% Exercise 1 tags=["exercise"]
double gx = 0, gy = 1;
// solution
NamedGradient g = Gradient.Of(v => v["y"] * v["x"].Sin(), ("x", 0), ("y", 3));
(gx, gy) = (g["x"], g["y"]);
// end
Console.WriteLine($"∇g = [{gx}, {gy}]");

// %% tags=["check"]
Check("∂g/∂x = y cos x", gx, 3);
Check("∂g/∂y = sin x", gy, 0);

// %% [markdown]
// **Exercise 2.** Go down $h(x) = (x - 3)^2$ from $x = 0$: one hundred steps $x \leftarrow x - 0.1 \cdot h'(x)$. Where
// does it end?

// %% Exercise 2 tags=["exercise"]
double place = 0;
// solution
for (int i = 0; i < 100; i++)
    place -= 0.1 * Gradient.Of(v => (v["x"] - 3).Square(), ("x", place))["x"];
// end
Console.WriteLine($"x = {place:F6}");

// %% tags=["check"]
Check("the minimum is at 3", place, 3);
