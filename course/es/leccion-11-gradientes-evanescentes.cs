// %% [markdown]
// # Gradientes que se desvanecen, neuronas que mueren
//
// Al volver, el gradiente se multiplica en cada capa por la derivada de su activación. Con sigmoides, por 0.25 como
// mucho: en las primeras capas de una red profunda no queda nada, y no aprenden. Con ReLU una neurona que da 0 para
// todas las muestras no recibe gradiente: está **muerta**.
//
// Remedios: ReLU o *leaky ReLU* en las capas ocultas, una buena inicialización, tasas de aprendizaje más bajas,
// normalización por lotes.

// %% [markdown]
// ## Cinco capas, medidas
//
// La longitud media del gradiente de los pesos de cada capa, en el primer paso:

// %%
DataSplits digits = Datasets.Digits();
Batch batch = new Batches(digits.Train, new() { Size = 200 }).Epoch(0).First();
double[] Sizes(Func<Layer> activation)
{
    var layers = new List<Layer> { new Flatten() };
    for (int i = 0, width = 784; i < 5; i++, width = 64)
        layers.AddRange([new Linear(width, 64), activation()]);
    var model = new Sequential([.. layers, new Linear(64, 10)]);
    model.Initialize(seed: 1);
    using var step = Tape.Begin();
    new CrossEntropy().Compute(model.Forward(batch.Inputs), batch.Targets).Backward();
    return [.. model.Parameters.Where(p => p.Shape.Rank == 2)
        .Select(p => Math.Sqrt(p.Gradient.ToArray<double>().Average(g => g * g)))];
}
double[] sigmoids = Sizes(() => new Sigmoid()), relus = Sizes(() => new Relu());
Display(new LineChart("gradiente de cada capa",
    [new("sigmoide", sigmoids), new("ReLU", relus)])
{
    Across = "capa",
    UpScale = AxisScale.Log,
});
Check("con sigmoides casi nada llega a la primera capa",
    sigmoids[0] < sigmoids[5] / 1000);
Check("con ReLU sí", relus[0] > relus[5] / 100);

// %% [markdown]
// ## Lo que dice el diagnóstico
//
// Hondo mira esto mientras entrena y lo dice, con el remedio:

// %%
var deep = new Sequential(new Flatten(), new Linear(784, 64), new Sigmoid(), new Linear(64, 64), new Sigmoid(),
    new Linear(64, 64), new Sigmoid(), new Linear(64, 64), new Sigmoid(), new Linear(64, 64), new Sigmoid(),
    new Linear(64, 10));
var trainer = new Trainer(deep, new CrossEntropy(), new Sgd(deep.Parameters, 0.1))
{
    Epochs = 3,
    Callbacks = [new Diagnosis()],
};
History history = trainer.Fit(new DataSplits(digits.Train));
foreach (Finding finding in history.Findings)
    Console.WriteLine($"{finding.Code}: {finding.Sentence}");
Check("se nombra el gradiente que se desvanece",
    history.Findings.Any(finding => finding.Code.Contains("vanish")));

// %% [markdown]
// **Ejercicio 1.** Pon la tangente hiperbólica en `Sizes`. ¿Qué parte del gradiente de la última capa llega a la
// primera?

// %% Ejercicio 1 tags=["exercise"]
double share = 0;
// solución
double[] tanhs = Sizes(() => new Tanh());
share = tanhs[0] / tanhs[5];
// fin
Console.WriteLine($"{share:F4}");

// %% tags=["check"]
Check("mucho más que con sigmoides", share > 100 * sigmoids[0] / sigmoids[5]);

// %% [markdown]
// **Ejercicio 2.** Una capa ReLU con sesgos de −10: `layer.Bias!.Set(...)`. ¿Cuántas de sus 64 neuronas disparan
// alguna vez con las 200 cifras?

// %% Ejercicio 2 tags=["exercise"]
var layer = new Linear(784, 64);
layer.Initialize(seed: 1);
int alive = 64;
// solución
layer.Bias!.Set(Tensor.Of([.. Enumerable.Repeat(-10f, 64)]));
float[] fired = layer.Forward(new Flatten().Forward(batch.Inputs)).Relu().Max(axis: 0).ToArray<float>();
alive = fired.Count(highest => highest > 0);
// fin
Console.WriteLine(alive);

// %% tags=["check"]
Check("todas muertas", alive == 0);
