// %% [markdown]
// # Elegir un framework
//
// Tres criterios: **fácil de programar**, **rápido** y **de verdad libre**. Las transparencias nombran Caffe/Caffe2,
// CNTK, DL4J, Keras, Lasagne, MXNet, PaddlePaddle, TensorFlow, Theano y Torch. De ellos, varios ya no se mantienen
// (Caffe, CNTK, Lasagne, MXNet, Theano); quedan sobre todo Keras/TensorFlow y el heredero de Torch, PyTorch. Elegir es
// también preguntarse quién lo mantendrá.
//
// Aquí Hondo se mide a sí mismo, en esta máquina y ahora.

// %% [markdown]
// ## Fácil de programar
//
// Un clasificador de cifras entero, de los datos a la medida:

// %%
DataSplits digits = Datasets.Digits();
var model = new Sequential(new Flatten(), new Linear(784, 64), new Relu(), new Linear(64, 10));
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.003)) { Epochs = 12 };
trainer.Fit(new DataSplits(digits.Train));
double accuracy = trainer.Evaluate(digits.Test!)["accuracy"];
Console.WriteLine($"{100 * accuracy:F1} %");
Check("cinco líneas, más del 90 %", accuracy > 0.9);

// %% [markdown]
// ## Rápido
//
// Se mide con cuidado: calentar primero, repetir, y quedarse con la mediana. La carrera contra otros está en
// `benchmarks/`, en la misma máquina y por turnos, porque comparar números de máquinas distintas no dice nada.

// %%
Tensor a = Tensor.Of([.. Enumerable.Range(0, 256 * 256).Select(i => MathF.Sin(i))], [256, 256]);
double[] Times(int count) => [.. Enumerable.Range(0, count).Select(_ =>
{
    long start = System.Diagnostics.Stopwatch.GetTimestamp();
    a.MatMul(a);
    return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
})];
Times(20);
double median = Times(21).Order().ElementAt(10);
Console.WriteLine($"256×256×256: {1000 * median:F3} ms");
Check("se midió algo", median > 0);

// %% [markdown]
// ## Libre, y repetible
//
// La misma semilla da los mismos bits: eso es lo que permite comprobar este cuaderno.

// %%
float[] Train()
{
    var net = new Sequential(new Flatten(), new Linear(784, 16), new Tanh(), new Linear(16, 10));
    net.Initialize(seed: 3);
    new Trainer(net, new CrossEntropy(), new Adam(net.Parameters)) { Epochs = 1 }.Fit(new DataSplits(digits.Train));
    return net.Parameters.First().Value.ToArray<float>();
}
Check("los mismos bits", Train().SequenceEqual(Train()));

// %% [markdown]
// **Ejercicio 1.** ¿Cuántas operaciones (multiplicaciones y sumas) son un producto de matrices de 256×256×256?

// %% Ejercicio 1 tags=["exercise"]
double operations = 0;
// solución
operations = 2.0 * 256 * 256 * 256;
// fin
Console.WriteLine($"{operations:N0}");

// %% tags=["check"]
Check("2 n³", operations, 33_554_432);

// %% [markdown]
// **Ejercicio 2.** Un programa tarda 30 s, de los que 24 s son productos de matrices. Si esos van el doble de rápido,
// ¿cuánto tarda? (Ley de Amdahl.)

// %% Ejercicio 2 tags=["exercise"]
double seconds = 0;
// solución
seconds = 6 + 24 / 2.0;
// fin
Console.WriteLine($"{seconds} s");

// %% tags=["check"]
Check("6 + 24 / 2", seconds, 18);
