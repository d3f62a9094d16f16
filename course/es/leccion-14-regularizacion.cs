// %% [markdown]
// # Regularización
//
// Una red grande puede aprenderse de memoria lo que ve. Para que aprenda lo general:
//
// - **L2**: se añade $\frac{\lambda}{2m}\lVert w \rVert^2$ a la pérdida (a los pesos, no a los sesgos): los pesos que
//   no hacen falta se encogen. **L1**, con $|w|$, los lleva a cero.
// - **Dropout**: en cada paso se apaga al azar una parte de las neuronas; ninguna puede fiarse de otra.
// - **Aumento de datos**: desplazar, girar, recortar, ruido. Más datos de verdad es mejor aún.
// - **Parada temprana**: dejarlo cuando *dev* ya no mejora.

// %% [markdown]
// ## El ejemplo
//
// Pocas muestras (200 cifras) y una red grande, sin nada, con L2 y con dropout:

// %%
DataSplits digits = Datasets.Digits();
var data = new DataSplits(digits.Train.Part("few", [.. Enumerable.Range(0, 200)]), digits.Test);
(History History, Sequential Model) Fit(double dropout = 0, IUpdateStep? penalty = null)
{
    var model = new Sequential(new Flatten(), new Linear(784, 128), new Relu(), new Dropout(dropout),
        new Linear(128, 10));
    model.Initialize(seed: 1);
    var optimizer = new Adam(model.Parameters);
    if (penalty is not null)
        optimizer.GradientTransforms.Add(penalty);
    var trainer = new Trainer(model, new CrossEntropy(), optimizer) { Epochs = 25, BatchSize = 20 };
    return (trainer.Fit(data), model);
}
var plain = Fit();
var l2 = Fit(penalty: new L2(0.02));
var dropped = Fit(dropout: 0.5);
Display(new LineChart("pérdida en dev",
[
    new("—", plain.History["dev loss"]), new("L2", l2.History["dev loss"]),
    new("dropout", dropped.History["dev loss"]),
]));
double Size(Sequential model) => model.Parameters.Where(p => p.Shape.Rank == 2)
    .Sum(p => p.Value.ToArray<double>().Sum(w => w * w));
Console.WriteLine($"‖w‖²: {Size(plain.Model):F1}, L2 {Size(l2.Model):F1}");
Check("L2 encoge los pesos", Size(l2.Model) < Size(plain.Model));
Check("sin nada, train se aprende de memoria",
    plain.History["accuracy"][^1] > 0.99 && plain.History["dev accuracy"][^1] < 0.95);

// %% [markdown]
// ## El dropout, visto
//
// Lo que queda de una capa de unos con dropout 0.5: los que siguen valen 2, para que la suma esperada no cambie.

// %%
using (Tape.Begin())
{
    float[] kept = new Dropout(0.5).Forward(Tensor.Of([.. Enumerable.Repeat(1f, 1000)])).ToArray<float>();
    Console.WriteLine($"{kept.Count(x => x == 0)} × 0, {kept.Count(x => x == 2)} × 2");
    Check("media", kept.Average(), 1, 0.1);
}

// %% [markdown]
// **Ejercicio 1.** La penalización L2, $\frac{\lambda}{2m}\lVert w\rVert^2$, de $w = [1, -2, 2]$ con $\lambda = 0.6$ y
// $m = 3$.

// %% Ejercicio 1 tags=["exercise"]
double penalty = 0;
// solución
penalty = 0.6 / (2 * 3) * (1 + 4 + 4);
// fin
Console.WriteLine(penalty);

// %% tags=["check"]
Check("λ/2m ‖w‖²", penalty, 0.9);

// %% [markdown]
// **Ejercicio 2.** Prueba L1 con `new L1(0.002)`. ¿Qué parte de los pesos de la primera capa queda por debajo de 0.001
// en valor absoluto, comparada con la red sin nada?

// %% Ejercicio 2 tags=["exercise"]
double Zeros(Sequential model) =>
    ((Linear)model[1]).Weight.Value.ToArray<double>().Average(w => Math.Abs(w) < 0.001 ? 1.0 : 0);
double share = 0;
// solución
share = Zeros(Fit(penalty: new L1(0.002)).Model);
// fin
Console.WriteLine($"L1 {share:P1}, — {Zeros(plain.Model):P1}");

// %% tags=["check"]
Check("L1 lleva pesos a cero", share > 3 * Zeros(plain.Model));
