// %% [markdown]
// # XOR y el perceptrón multicapa
//
// Minsky y Papert mostraron en 1969 que una sola neurona no puede con XOR: ninguna recta separa {01, 10} de {00, 11}.
// Dos capas sí pueden: $x_1 \oplus x_2 = \mathrm{OR}(\mathrm{AND}(x_1, \neg x_2), \mathrm{AND}(\neg x_1, x_2))$. Lo
// que faltaba era cómo aprenderlas; en 1986 Rumelhart, Hinton y Williams lo hicieron popular: la retropropagación.

// %%
double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
var firstOnly = new McCullochPitts([1, -0.5], threshold: 1);
var secondOnly = new McCullochPitts([-0.5, 1], threshold: 1);
double[] composed =
    [.. corners.Select(x => (double)McCullochPitts.Or.Fire(firstOnly.Fire(x), secondOnly.Fire(x)))];
Check("XOR a mano", composed, [0, 1, 1, 0]);

// %% [markdown]
// ## Por qué hacen falta no linealidades
//
// Dos capas lineales son una: si $y_1 = 2x + 10$ e $y_2 = 3y_1 - 5$, entonces $y_2 = 6x + 25$. Apilar capas solo sirve
// si entre ellas hay algo que no sea una recta.

// %%
Linear Line(float slope, float intercept)
{
    var line = new Linear(1, 1);
    line.Weight.Set(Tensor.Of([slope], [1, 1]));
    line.Bias!.Set(Tensor.Of([intercept]));
    return line;
}
var two = new Sequential(Line(2, 10), Line(3, -5));
double[] collapsed = two.Forward(Tensor.Of([0f, 1, -7.5f], [3, 1])).ToArray<double>();
Check("y₂ = 6x + 25", collapsed, [25, 31, -20]);

// %% [markdown]
// ## Aprender XOR
//
// Ocho neuronas ocultas con tangente hiperbólica bastan, se empiece donde se empiece.

// %%
Tensor points = Tensor.Of([0f, 0, 0, 1, 1, 0, 1, 1], [4, 2]), targets = Tensor.Of([0f, 1, 1, 0], [4, 1]);
(double[] Answers, double[] Losses) Learn(Layer model, ulong seed, int steps = 500)
{
    model.Initialize(seed);
    var optimizer = new Adam(model.Parameters, learningRate: 0.05);
    var losses = new double[steps];
    for (int i = 0; i < steps; i++)
    {
        using var step = Tape.Begin();
        Tensor loss = new BinaryCrossEntropy().Compute(model.Forward(points), targets);
        loss.Backward();
        optimizer.Step();
        losses[i] = loss.Item;
    }
    return (model.Forward(points).Sigmoid().ToArray<double>(), losses);
}
List<Series> curves = [];
for (ulong seed = 1; seed <= 4; seed++)
{
    (double[] answers, double[] losses) =
        Learn(new Sequential(new Linear(2, 8), new Tanh(), new Linear(8, 1)), seed);
    curves.Add(new($"semilla {seed}", losses));
    Check($"XOR, semilla {seed}", [.. answers.Select(p => Math.Round(p))], [0, 1, 1, 0]);
}
new LineChart("la pérdida mientras aprende", curves) { Across = "paso", Up = "L" }

// %% [markdown]
// **Ejercicio 1.** Quita la tangente hiperbólica: `new Sequential(new Linear(2, 8), new Linear(8, 1))`. ¿En qué
// pérdida se queda?

// %% Ejercicio 1 tags=["exercise"]
double stuck = 0;
// solución
stuck = Learn(new Sequential(new Linear(2, 8), new Linear(8, 1)), seed: 1).Losses[^1];
// fin
Console.WriteLine($"{stuck:F4}");

// %% tags=["check"]
Check("sin no linealidad solo adivina: ln 2", stuck, Math.Log(2), 5e-3);

// %% [markdown]
// **Ejercicio 2.** ¿Cuántas neuronas ocultas hacen falta como poco? Prueba con 1, 2, 3… y quédate con el menor número
// con el que la semilla 1 aprende XOR en 2 000 pasos.

// %% Ejercicio 2 tags=["exercise"]
int fewest = 8;
// solución
bool Learns(int hidden) =>
    Learn(new Sequential(new Linear(2, hidden), new Tanh(), new Linear(hidden, 1)), 1, 2000).Losses[^1] < 0.05;
fewest = Enumerable.Range(1, 8).First(Learns);
// fin
Console.WriteLine(fewest);

// %% tags=["check"]
Check("una no basta; pocas sí", fewest is > 1 and < 6);
