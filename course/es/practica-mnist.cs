// %% [markdown]
// # Práctica 1: cifras manuscritas con una red convolucional
//
// MNIST tiene 70 000 cifras manuscritas de 28×28 píxeles: 60 000 para entrenar y 10 000 para probar. En esta práctica
// se entrena una red convolucional que acierta más del 99 % de las de prueba, se miran sus curvas de aprendizaje
// mientras entrena, se miran sus errores y se da un veredicto sobre sesgo y varianza.
//
// Ejecútala de arriba abajo con `./hondo notebook run practica-mnist.cs`, o celda a celda en VS Code o JupyterLab.
// Las celdas con *Tu código aquí* son tuyas; las que empiezan por `Check` dicen si van bien.

// %% [markdown]
// ## 1. Los datos
//
// Hacen falta tres partes: se aprende de *train*, se elige mirando *dev* y se mide una sola vez, al final, con *test*.
// MNIST trae su propia parte de prueba; del resto se separan 5 000 cifras para *dev*, con las mismas proporciones de
// cada clase.

// %%
DataSplits mnist = Datasets.Find("mnist").Open();
DataSplits data = new Split(55, 5, 0).Of(mnist.Train);
data = data with { Test = mnist.Test };
Console.WriteLine($"train {data.Train.Count}, dev {data.Dev!.Count}, test {data.Test!.Count}");
Display(Pictures(data.Train, Enumerable.Range(0, 24), columns: 12));

// %% [markdown]
// **Pregunta 1.** ¿Están equilibradas las clases? Cuenta cuántas cifras de cada clase hay en *train*.

// %% Pregunta 1 tags=["exercise"]
int[] counts = [];
// solución
counts = data.Train.ClassCounts();
// fin
Display(new BarChart("Cifras de cada clase", [.. counts.Select((count, k) => ($"{k}", (double)count))]));

// %% tags=["check"]
Check("hay diez clases y 55 000 cifras", counts.Length == 10 && counts.Sum() == 55_000);

// %% [markdown]
// ## 2. La red
//
// Dos convoluciones con ReLU y *max pooling* aprenden trazos y formas; dos capas lineales deciden. La última no lleva
// softmax: la pérdida la calcula a partir de las puntuaciones, que es lo numéricamente estable:
//
// $$L = -\frac{1}{N} \sum_{i=1}^{N} \log \frac{e^{z_{i, y_i}}}{\sum_k e^{z_{i,k}}}$$
//
// **Pregunta 2.** Construye la red: convolución 5×5 de 1 a 16 canales, ReLU, *max pool* de 2, convolución 5×5 de 16 a
// 32, ReLU, *max pool* de 2, aplanar, lineal a 64, ReLU, dropout 0,25 y lineal a 10.

// %% Pregunta 2 tags=["exercise"]
Sequential model = new();
// solución
model = new Sequential(
    new Conv2d(1, 16, kernel: 5), new Relu(), new MaxPool2d(2),
    new Conv2d(16, 32, kernel: 5), new Relu(), new MaxPool2d(2),
    new Flatten(), new Linear(512, 64), new Relu(), new Dropout(0.25), new Linear(64, 10));
// fin
ModelSummary.Of(model, data.Train.Sample)

// %% tags=["check"]
Check("la red da diez puntuaciones por cifra", model.Forward(Tensor.Zeros([2, 28, 28, 1])).Shape[^1] == 10);
Check("la red tiene 46 730 parámetros", ModelSummary.Of(model, data.Train.Sample).Parameters == 46_730);

// %% [markdown]
// ## 3. Aumento de datos
//
// Una cifra girada unos grados o desplazada un píxel es la misma cifra. Cada época ve cada muestra un poco distinta: es
// la manera más barata de tener más datos, y reduce la varianza.

// %%
var augmentation = new Augmentation([new Rotate(8), new Shift(1)]);
float[] sample = new float[28 * 28];
Tensor Variants(int which, int count)
{
    float[] all = new float[count * sample.Length];
    for (int i = 0; i < count; i++)
    {
        data.Train.CopySample(which, sample);
        if (i > 0)
            augmentation.Apply(sample, data.Train.Sample, (ulong)i);
        sample.CopyTo(all, i * sample.Length);
    }
    return Tensor.Of(all, [count, 28, 28, 1]);
}
Display(Pictures(Variants(0, 12), ["original", .. Enumerable.Repeat("", 11)], columns: 12));

// %% [markdown]
// ## 4. Entrenamiento
//
// Adam con una tasa de aprendizaje que baja en forma de coseno; lotes de 128. Las curvas se dibujan de nuevo después de
// cada época.

// %%
const int Epochs = 6;
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, learningRate: 0.003))
{
    Epochs = Epochs,
    BatchSize = 128,
    Schedule = new CosineDecay(Epochs),
    Normalization = Normalization.Fit(data.Train),
    Transform = augmentation,
    Callbacks = [new LiveCurves()],
};
History history = trainer.Fit(data);
Console.WriteLine($"dev: {100 * history["dev accuracy"][^1]:F2} % de aciertos");

// %% [markdown]
// La curva de *dev* puede quedar por encima de la de *train*: *train* se mide durante la época, con dropout y con las
// cifras deformadas.
//
// ## 5. Los errores
//
// Un porcentaje no dice qué falla. Hay que mirar las cifras que la red confunde.

// %%
record Answer(int Sample, int Truth, int Said, double Probability);

List<Answer> Answers(Dataset part)
{
    List<Answer> answers = [];
    var batches = new Batches(part,
        new() { Size = 500, Order = BatchOrder.AsStored, Normalization = trainer.Normalization });
    foreach (Batch batch in batches.Epoch(0))
    {
        float[] probabilities = model.Forward(batch.Inputs).Softmax().ToArray<float>();
        for (int i = 0; i < batch.Count; i++)
        {
            float[] row = probabilities[(10 * i)..(10 * i + 10)];
            int said = Array.IndexOf(row, row.Max()), which = answers.Count;
            answers.Add(new(which, part.Label(which), said, row[said]));
        }
    }
    return answers;
}
List<Answer> dev = Answers(data.Dev!);
List<Answer> wrong = [.. dev.Where(one => one.Truth != one.Said).OrderByDescending(one => one.Probability)];
Console.WriteLine($"{wrong.Count} errores de {dev.Count}; los más seguros de sí mismos:");
Display(Pictures(data.Dev!, wrong.Take(16).Select(one => one.Sample),
    [.. wrong.Take(16).Select(one => $"{one.Truth} → {one.Said}")]));

// %% [markdown]
// **Pregunta 3.** ¿Qué par de cifras confunde más la red? Agrupa los errores por (verdad, respuesta).

// %% Pregunta 3 tags=["exercise"]
List<(int Truth, int Said, int Count)> pairs = [];
// solución
pairs = [.. wrong.GroupBy(one => (one.Truth, one.Said)).Select(pair => (pair.Key.Truth, pair.Key.Said, pair.Count()))
    .OrderByDescending(pair => pair.Item3).ThenBy(pair => pair.Item1)];
// fin
foreach (var (truth, said, count) in pairs.Take(5))
    Console.WriteLine($"{truth} tomado por {said}: {count}");

// %% tags=["check"]
Check("los pares suman todos los errores", pairs.Sum(pair => pair.Count) == wrong.Count);

// %% [markdown]
// ## 6. ¿Sesgo o varianza?
//
// Una persona cuidadosa se equivoca en torno al 0,2 % de las cifras. El sesgo es lo que separa el error de *train* del
// de la persona; la varianza, lo que separa el de *dev* del de *train*.
//
// **Pregunta 4.** Mide el error de *train* **sin** dropout ni aumento (con `trainer.Evaluate`) y el de *dev*.

// %% Pregunta 4 tags=["exercise"]
double trainError = 1, devError = 1;
// solución
trainError = 1 - trainer.Evaluate(data.Train)["accuracy"];
devError = 1 - trainer.Evaluate(data.Dev!)["accuracy"];
// fin
Console.WriteLine($"error: persona 0.20 %, train {100 * trainError:F2} %, dev {100 * devError:F2} %");
var verdict = new BiasVariance(0.002, trainError, devError, data.Dev!.Count);
Console.WriteLine($"sesgo alto: {(verdict.IsBiasHigh ? "sí" : "no")}, varianza alta: "
    + (verdict.IsVarianceHigh ? "sí" : "no"));

// %% tags=["check"]
Check("el error de train es menor que el 2 %", trainError < 0.02);
Check("el error de dev es menor que el 2 %", devError < 0.02);

// %% [markdown]
// ## 7. La prueba, una sola vez
//
// *Test* no ha servido para elegir nada: por eso lo que se mide aquí es lo que cabe esperar de cifras nunca vistas.

// %%
double accuracy = trainer.Evaluate(data.Test!)["accuracy"];
Console.WriteLine($"test: {100 * accuracy:F2} % de aciertos");
Check("más del 99 % de las cifras de prueba", accuracy >= 0.99);

// %%
var matrix = new ConfusionMatrix();
foreach (Batch batch in new Batches(data.Test!, new() { Size = 500, Normalization = trainer.Normalization }).Epoch(0))
    matrix.Add(model.Forward(batch.Inputs), batch.Targets);
matrix

// %% [markdown]
// ## Conclusión
//
// Ni el sesgo ni la varianza son altos: la red está cerca de lo que ve una persona. Lo que queda son cifras que también
// dudaría quien las lee. Si hiciera falta más, lo siguiente sería un conjunto de redes o una arquitectura mayor; más
// regularización, no.
