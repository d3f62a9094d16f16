// %% [markdown]
// # Práctica 3: generación de texto con redes recurrentes
//
// Un modelo de caracteres lee un texto letra a letra y dice, en cada lugar, qué probable es cada letra siguiente.
// Entrenado con el *Quijote* aprende a deletrear, luego a puntuar, y al final escribe frases suyas. Se compara una red
// recurrente simple con una LSTM y se ve qué hace la temperatura.
//
// Ejecútala con `./hondo notebook run practica-text.cs`, o celda a celda.

// %% [markdown]
// ## 1. El texto
//
// Los primeros 1,1 millones de caracteres del *Quijote*: el 90 % para entrenar, el 5 % para elegir (dev) y el 5 % para
// probar. El texto se corta en 32 corrientes que se leen a la vez, 64 caracteres por paso; la memoria de la red sigue
// de un paso al siguiente.

// %%
string text = Datasets.Find("quijote").ReadText()[..1_100_000];
DataSplits data = TextData.Of("quijote", text, new() { Streams = 32, Window = 64 });
var tokenizer = ((TokenTargets)data.Train.Targets).Tokenizer;
Console.WriteLine($"{text.Length} caracteres, {tokenizer.Count} distintos");
Console.WriteLine(text[..200]);

// %% [markdown]
// **Pregunta 1.** Un modelo que no supiera nada daría a cada carácter la misma probabilidad. ¿Cuántos bits por carácter
// necesitaría? Ese es el número que hay que mejorar.

// %% Pregunta 1 tags=["exercise"]
double ignorant = 0;
// solución
ignorant = Math.Log2(tokenizer.Count);
// fin
Console.WriteLine($"sin saber nada: {ignorant:F3} bits por carácter");

// %% tags=["check"]
Check("el logaritmo es de base 2", Math.Abs(ignorant - Math.Log(tokenizer.Count) / Math.Log(2)) < 1e-9);

// %% [markdown]
// ## 2. Dos redes
//
// Una celda recurrente simple mezcla lo que lee con su memoria, $h_t = \tanh(W x_t + U h_{t-1} + b)$: el gradiente pasa
// por un producto en cada paso y se desvanece. La LSTM tiene una memoria a la que se suma,
// $c_t = f_t \odot c_{t-1} + i_t \odot g_t$, con puertas que la abren y la cierran: el gradiente vuelve en línea recta.
//
// Antes de la red cada carácter se convierte en 64 números que también se aprenden (una *inmersión*, *embedding*): así
// los caracteres que se usan igual, como las vocales, pueden quedar cerca unos de otros. Después, una capa lineal da a
// cada carácter su puntuación. Salvo la celda, todo es igual en las dos redes, y también su entrenamiento.

// %%
Sequential ModelOf(Layer cell, int hidden) => new(new Embedding(tokenizer.Count, 64), cell,
    new Linear(hidden, tokenizer.Count, initializer: Initial.XavierUniform));
History Train(Sequential model) => new Trainer(model, new TokenCrossEntropy(),
    new Adam(model.Parameters, learningRate: 0.004))
{
    Epochs = 3,
    BatchSize = 32,
    Schedule = new CosineDecay(3),
    Callbacks = [new LiveCurves()],
}.Fit(data);
double Bits(double nats) => nats / Math.Log(2);

Sequential rnn = ModelOf(new Rnn(64, 256), 256);
Console.WriteLine($"{rnn.Parameters.Sum(one => one.Shape.Size)} parámetros");
History rnnHistory = Train(rnn);
Console.WriteLine($"RNN: {Bits(rnnHistory["dev loss"][^1]):F3} bits por carácter en dev");

// %% [markdown]
// **Pregunta 2.** Construye una LSTM (`new Lstm(entradas, unidades)`) de otras tantas unidades y entrénala igual.

// %% Pregunta 2 tags=["exercise"]
Sequential lstm = rnn;
History lstmHistory = rnnHistory;
// solución
lstm = ModelOf(new Lstm(64, 256), 256);
lstmHistory = Train(lstm);
// fin
double lstmBits = Bits(lstmHistory["dev loss"][^1]);
Console.WriteLine($"LSTM: {lstmBits:F3} bits por carácter en dev");

// %% tags=["check"]
Check("la LSTM necesita como mucho 2,2 bits por carácter", lstmBits <= 2.2);
Check("la LSTM es mejor que la RNN", lstmBits < Bits(rnnHistory["dev loss"][^1]));

// %%
Display(new LineChart("RNN frente a LSTM, parte dev",
[
    new("RNN", [.. rnnHistory["dev loss"].Select(Bits)]),
    new("LSTM", [.. lstmHistory["dev loss"].Select(Bits)]),
]) { Up = "bits por carácter", Across = "época" });

// %% [markdown]
// ## 3. Escribir, y la temperatura
//
// Las puntuaciones se dividen por una temperatura antes de la softmax: por debajo de 1 lo probable se hace más
// probable, y el texto prudente y repetitivo; por encima de 1 se vuelve atrevido y, al final, con faltas.

// %%
var writer = new TextGenerator(lstm, tokenizer, window: 64);
foreach (double temperature in new[] { 0.2, 0.8, 1.3 })
    Console.WriteLine($"--- temperatura {temperature}\n" + writer.Write(new()
    {
        Prompt = "Don Quijote ",
        Length = 250,
        Temperature = temperature,
        Seed = 7,
    }) + "\n");

// %% [markdown]
// **Pregunta 3.** ¿Cuántas palabras distintas hay en 1 000 caracteres a temperatura 0,2? ¿Y a 1,3?

// %% Pregunta 3 tags=["exercise"]
int careful = 0, daring = 0;
// solución
int Words(double temperature) => writer
    .Write(new() { Prompt = "Don Quijote ", Length = 1000, Temperature = temperature })
    .Split([' ', '\n', ',', '.', ';', ':', '!', '?'], StringSplitOptions.RemoveEmptyEntries).Distinct().Count();
(careful, daring) = (Words(0.2), Words(1.3));
// fin
Console.WriteLine($"temperatura 0.2: {careful} palabras distintas; 1.3: {daring}");

// %% tags=["check"]
Check("a mayor temperatura, más palabras distintas", daring > careful);

// %% [markdown]
// ## Conclusión
//
// Con los mismos datos y el mismo optimizador la LSTM necesita menos bits por carácter que la red simple: su memoria
// guarda más tiempo lo leído. La temperatura no cambia lo que el modelo sabe, solo con cuánto atrevimiento lo dice.
