// %% [markdown]
// # La tasa de aprendizaje y cómo bajarla
//
// Demasiado baja: no llega. Demasiado alta: diverge. Y la buena del principio es demasiado alta al final, cuando ya
// solo hay que asentarse: por eso se baja. La regla clásica es $\alpha = c_1 / (\text{iteración} + c_2)$.

// %%
double[] Descend(double rate, ISchedule? schedule = null, int steps = 40)
{
    double w = 4;
    List<double> losses = [w * w];
    for (int i = 0; i < steps; i++)
    {
        double noise = 0.5 * Math.Sin(i * 9.1);
        w -= (schedule?.Rate(rate, Progress.At(i)) ?? rate) * (2 * w + noise);
        losses.Add(w * w);
    }
    return [.. losses];
}
Display(new LineChart("w²",
    [new("0.001", Descend(0.001)), new("0.1", Descend(0.1)), new("0.95", Descend(0.95)), new("1.05", Descend(1.05))])
{
    Across = "paso",
    UpScale = AxisScale.Log,
});
Check("demasiado baja: sigue lejos", Descend(0.001)[^1] > 10);
Check("demasiado alta: diverge", Descend(1.05)[^1] > 100);

// %% [markdown]
// ## Las maneras de bajarla

// %%
double[] epochs = [.. Enumerable.Range(0, 31).Select(e => (double)e)];
Series Drawn(string name, ISchedule schedule) =>
    new(name, epochs, [.. epochs.Select(e => schedule.Rate(0.1, new Progress(e, (long)e)))]);
Display(new LineChart("α",
[
    Drawn("c₁/(i + c₂)", new InverseDecay(0.5, 5)), Drawn("escalones", new StepDecay(10, 0.5)),
    Drawn("exponencial", new ExponentialDecay(0.9)), Drawn("coseno", new CosineDecay(30)),
    Drawn("calentamiento", new WarmUp(5, new CosineDecay(30))),
]));
Check("c₁/(i + c₂), i = 0, 5, 20", [.. new[] { 0, 5, 20 }.Select(i =>
    new InverseDecay(0.5, 5).Rate(0.1, Progress.At(i)))], [0.1, 0.05, 0.02]);

// %% [markdown]
// **Ejercicio 1.** ¿Qué $c_1$ hace que la tasa empiece en 0.2 si $c_2 = 50$?

// %% Ejercicio 1 tags=["exercise"]
double c1 = 1;
// solución
c1 = 0.2 * 50;
// fin
Console.WriteLine(c1);

// %% tags=["check"]
Check("α(0)", new InverseDecay(c1, 50).Rate(1, Progress.At(0)), 0.2);

// %% [markdown]
// **Ejercicio 2.** ¿En cuántos pasos queda la tasa en la mitad con `ExponentialDecay(0.9)`?

// %% Ejercicio 2 tags=["exercise"]
int halved = 0;
// solución
halved = (int)Math.Ceiling(Math.Log(0.5) / Math.Log(0.9));
// fin
Console.WriteLine(halved);

// %% tags=["check"]
var decay = new ExponentialDecay(0.9);
Check("la mitad", decay.Rate(1, Progress.At(halved)) <= 0.5 && decay.Rate(1, Progress.At(halved - 1)) > 0.5);
