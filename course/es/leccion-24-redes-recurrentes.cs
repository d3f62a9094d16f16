// %% [markdown]
// # Redes recurrentes
//
// Un texto se lee letra a letra. La red guarda un estado que cambia con lo que lee: $h_t = \tanh(W x_t + U h_{t-1} +
// b)$. El gradiente vuelve por todos los pasos, multiplicándose: se desvanece o explota. La **LSTM** añade una memoria
// que se suma, con puertas que la abren y la cierran; la **GRU**, lo mismo con menos.
//
// La medida: **bits por carácter**, la entropía cruzada en base 2.

// %% [markdown]
// ## Un paso a mano
//
// Una celda con un número: $W = 0.5$, $U = 0.8$, $b = 0$; entradas 1, 0, 0.

// %%
double[] hidden = new double[3], inputs = [1, 0, 0];
for (int t = 0; t < 3; t++)
    hidden[t] = Math.Tanh(0.5 * inputs[t] + 0.8 * (t == 0 ? 0 : hidden[t - 1]));
Check("h₁, h₂, h₃", hidden, [0.4621, 0.3537, 0.2756]);
var cell = new Rnn(1, 1);
foreach (Parameter parameter in cell.Parameters)
    parameter.Set(Tensor.Of([.. Enumerable.Repeat(0f, parameter.Shape.Size)], parameter.Shape));
Parameter[] matrices = [.. cell.Parameters.Where(p => p.Shape.Rank == 2)];
matrices[0].Set(Tensor.Of([0.5f], [1, 1]));
matrices[1].Set(Tensor.Of([0.8f], [1, 1]));
Check("Rnn", cell.Forward(Tensor.Of([1f, 0, 0], [1, 3, 1])).ToArray<double>(), hidden);

// %% [markdown]
// ## Recordar
//
// La tarea: decir, tras 40 pasos, cuál fue el primer número (0 o 1). Con los mismos 150 pasos de entrenamiento la RNN
// simple no pasa de adivinar (ln 2 = 0.693); las que tienen puertas ya van encontrando el camino.

// %%
const int Steps = 40, Count = 64;
float[] noise = [.. Enumerable.Range(0, Count * Steps).Select(i =>
    i % Steps == 0 ? (i / Steps * 7 % 13) % 2 : 0.3f * MathF.Sin(i * 12.9898f))];
Tensor sequences = Tensor.Of(noise, [Count, Steps, 1]);
Tensor firsts = Tensor.Of([.. Enumerable.Range(0, Count).Select(i => noise[i * Steps])], [Count, 1]);
double[] Learn(Layer cell)
{
    var head = new Linear(16, 1);
    var model = new Sequential(cell, head);
    model.Initialize(seed: 1);
    var optimizer = new Adam(model.Parameters, 0.01);
    var losses = new double[150];
    for (int i = 0; i < losses.Length; i++)
    {
        using var step = Tape.Begin();
        Tensor last = model.Forward(sequences).Slice(.., ^1);
        Tensor loss = new BinaryCrossEntropy().Compute(last, firsts);
        loss.Backward();
        optimizer.Step();
        losses[i] = loss.Item;
    }
    return losses;
}
double[] rnn = Learn(new Rnn(1, 16)), lstm = Learn(new Lstm(1, 16)), gru = Learn(new Gru(1, 16));
Display(new LineChart("recordar el primero", [new("RNN", rnn), new("LSTM", lstm), new("GRU", gru)])
{
    Across = "paso",
    Up = "pérdida",
});
Console.WriteLine($"RNN {rnn[^1]:F4}, LSTM {lstm[^1]:F4}, GRU {gru[^1]:F4}");
Check("la RNN casi no recuerda", rnn[^1] > 0.5);
Check("con puertas, sí", Math.Min(lstm[^1], gru[^1]) < 0.1);

// %% [markdown]
// **Ejercicio 1.** Si en cada paso el gradiente se multiplica por 0.8, ¿qué queda después de 20?

// %% Ejercicio 1 tags=["exercise"]
double left = 1;
// solución
left = Math.Pow(0.8, 20);
// fin
Console.WriteLine($"{left:F4}");

// %% tags=["check"]
Check("0.8²⁰", left, 0.0115);

// %% [markdown]
// **Ejercicio 2.** Un modelo da a cada letra correcta una probabilidad de 1/4. ¿Cuántos bits por carácter? ¿Y cuántos
// nats, que es lo que muestra la pérdida?

// %% Ejercicio 2 tags=["exercise"]
double bits = 0, nats = 0;
// solución
(bits, nats) = (-Math.Log2(0.25), -Math.Log(0.25));
// fin
Console.WriteLine($"{bits} bits, {nats:F4} nats");

// %% tags=["check"]
Check("bits", bits, 2);
Check("nats", nats, 1.3863);
