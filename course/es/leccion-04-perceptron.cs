// %% [markdown]
// # Del autómata de McCulloch y Pitts al perceptrón
//
// En 1943 McCulloch y Pitts describieron una neurona que suma sus entradas con pesos y dispara cuando la suma llega a
// un umbral. Sus pesos los pone una persona. En 1958 Rosenblatt hizo que se aprendieran: si la respuesta $\hat y$ no
// es la buena, $w \leftarrow w + \gamma\,(y - \hat y)\,x$.

// %%
double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
Console.WriteLine($"AND: {string.Join(" ", corners.Select(x => McCullochPitts.And.Fire(x)))}");
Console.WriteLine($"OR:  {string.Join(" ", corners.Select(x => McCullochPitts.Or.Fire(x)))}");
Check("AND", [.. corners.Select(x => (double)McCullochPitts.And.Fire(x))], [0, 0, 0, 1]);
Check("OR", [.. corners.Select(x => (double)McCullochPitts.Or.Fire(x))], [0, 1, 1, 1]);

// %% [markdown]
// ## El ejemplo
//
// $\gamma = 1.5$, escalón en 1, sin sesgo; se empieza en $w = [1, 1]$ y las muestras llegan en el orden 00, 01, 10,
// 11. Cada fila de la tabla es una muestra que cambió los pesos.

// %%
Perceptron Learned(params int[] answers)
{
    var perceptron = new Perceptron([1, 1], threshold: 1) { LearningRate = 1.5 };
    var rows = new List<object>();
    for (int epoch = 1; epoch <= 10; epoch++)
        for (int i = 0; i < 4; i++)
        {
            int said = perceptron.Predict(corners[i]);
            if (perceptron.Learn(corners[i], answers[i]))
                rows.Add(new { epoch, x = string.Join("", corners[i]), y = answers[i], ŷ = said,
                    w = string.Join(", ", perceptron.Weights.ToArray()) });
        }
    Display(Table(rows));
    return perceptron;
}
Perceptron onlyFirst = Learned(0, 0, 1, 0), onlySecond = Learned(0, 1, 0, 0), or = Learned(0, 1, 1, 1);
Check("AND(x₁, ¬x₂)", onlyFirst.Weights.ToArray(), [1, -0.5]);
Check("AND(¬x₁, x₂)", onlySecond.Weights.ToArray(), [-0.5, 1]);
Check("OR no cambia", or.Weights.ToArray(), [1, 1]);

// %% [markdown]
// ## La figura
//
// La recta $w_1 x_1 + w_2 x_2 = 1$ de AND(x₁, ¬x₂) separa la esquina (1, 0) de las demás.

// %%
double[] first = [0.4, 1.5];
new LineChart("AND(x₁, ¬x₂)",
[
    new("frontera", first, [.. first.Select(x => (1 - onlyFirst.Weights[0] * x) / onlyFirst.Weights[1])]),
    new("0", [0, 0, 1], [0, 1, 1]),
    new("1", [1], [0]),
])
{
    Across = "x₁",
    AcrossScale = AxisScale.Linear,
    Up = "x₂",
}

// %% [markdown]
// **Ejercicio 1.** Haz que un perceptrón aprenda NAND (1, 1, 1, 0) con sesgo: `new Perceptron(2)` y `Fit`, que
// devuelve la época en que ya no falló, o −1.

// %% Ejercicio 1 tags=["exercise"]
var nand = new Perceptron(2);
int epochs = -1;
// solución
epochs = nand.Fit([.. corners.Zip([1, 1, 1, 0])]);
// fin
Console.WriteLine($"épocas: {epochs}");

// %% tags=["check"]
Check("NAND", epochs > 0 && corners.Select(x => nand.Predict(x)).SequenceEqual([1, 1, 1, 0]));

// %% [markdown]
// **Ejercicio 2.** ¿Y XOR (0, 1, 1, 0), con 1 000 épocas?

// %% Ejercicio 2 tags=["exercise"]
int xor = 0;
// solución
xor = new Perceptron(2).Fit([.. corners.Zip([0, 1, 1, 0])], epochs: 1000);
// fin
Console.WriteLine(xor < 0 ? "nunca" : $"{xor}");

// %% tags=["check"]
Check("ninguna recta separa XOR", xor == -1);
