// %% [markdown]
// # Funciones de activación
//
// Lo que va entre dos capas lineales. Importan su forma y, más aún, su **derivada**, porque por ella pasa el
// gradiente:
//
// - **sigmoide**: entre 0 y 1; su derivada no pasa de 0.25, y lejos de 0 es casi nula (*saturación*). Su salida no
//   está centrada en 0.
// - **tangente hiperbólica**: entre −1 y 1, centrada; derivada hasta 1.
// - **ReLU**, $\max(0, x)$: derivada 1 donde está viva y 0 donde no. Barata, y la que se usa por defecto en las capas
//   ocultas.
// - **leaky ReLU** (pendiente 0.01), **PReLU** (pendiente aprendida) y **ELU**: dejan pasar algo también por debajo de
//   0.

// %%
double[] xs = [.. Enumerable.Range(0, 161).Select(i => -4 + 0.05 * i)];
LineChart Drawn(string name, Func<Tensor, Tensor> f)
{
    NamedGradient[] points = [.. xs.Select(x => Gradient.Of(v => f(v["x"]), ("x", x)))];
    return new(name, [new("f", xs, [.. points.Select(g => g.Value)]), new("f′", xs, [.. points.Select(g => g["x"])])])
    {
        Across = "x",
        AcrossScale = AxisScale.Linear,
    };
}
Display(Drawn("sigmoide", x => x.Sigmoid()));
Display(Drawn("tangente hiperbólica", x => x.Tanh()));
Display(Drawn("ReLU", x => x.Relu()));
Display(Drawn("leaky ReLU", x => x.LeakyRelu()));
Display(Drawn("ELU", x => x.Elu()));

// %% [markdown]
// ## Los máximos de las derivadas

// %%
double Slope(Func<Tensor, Tensor> f, double x) => Gradient.Of(v => f(v["x"]), ("x", x))["x"];
Check("σ'(0)", Slope(x => x.Sigmoid(), 0), 0.25);
Check("tanh'(0)", Slope(x => x.Tanh(), 0), 1);
Check("leaky'(−3)", Slope(x => x.LeakyRelu(), -3), 0.01);
Check("ningún otro es mayor",
    xs.Max(x => Slope(t => t.Sigmoid(), x)) <= 0.25 && xs.Max(x => Slope(t => t.Tanh(), x)) <= 1);

// %% [markdown]
// **Ejercicio 1.** Después de cinco sigmoides seguidas, ¿cuánto puede quedar como mucho del gradiente?

// %% Ejercicio 1 tags=["exercise"]
double left = 1;
// solución
left = Math.Pow(0.25, 5);
// fin
Console.WriteLine(left);

// %% tags=["check"]
Check("0.25⁵", left, 0.00098, 5e-5);

// %% [markdown]
// **Ejercicio 2.** Dibuja *swish*, $x\,\sigma(x)$, con `Drawn`, y halla su derivada en 0.

// %% Ejercicio 2 tags=["exercise"]
double atZero = 0;
// solución
Display(Drawn("swish", x => x * x.Sigmoid()));
atZero = Slope(x => x * x.Sigmoid(), 0);
// fin
Console.WriteLine(atZero);

// %% tags=["check"]
Check("swish'(0)", atZero, 0.5);
