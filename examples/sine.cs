#:property PublishAot=false
#:project ../src/Hondo.Sequences
// Many to many: a GRU reads waves and says at every step what comes next. Then it goes on alone, fed by its own
// answers: the state is carried from step to step.
const int Waves = 32, Steps = 60;
float Wave(int wave, int t) => MathF.Sin(0.2f * (1 + wave % 8 * 0.1f) * t + wave);
float[] Numbers(int shift) =>
    [.. Enumerable.Range(0, Waves * Steps).Select(i => Wave(i / Steps, i % Steps + shift))];
Tensor inputs = Tensor.Of(Numbers(0), [Waves, Steps, 1]), targets = Tensor.Of(Numbers(1), [Waves, Steps, 1]);

var model = new Sequential(new Gru(1, 32), new Linear(32, 1));
var optimizer = new Adam(model.Parameters, learningRate: 0.01);
var error = new MeanSquaredError();
for (int epoch = 1; epoch <= 300; epoch++)
{
    using var step = Tape.Begin();
    Tensor loss = error.Compute(model.Forward(inputs), targets);
    loss.Backward();
    optimizer.Step();
    if (epoch % 100 == 0)
        Console.WriteLine($"epoch {epoch}: mean squared error {loss.Item:F6}");
}

var memory = new RecurrentState(model, streams: 1);
using var reading = memory.Begin();
float x = Wave(3, 0);
for (int t = 0; t < 75; t++)
{
    float forecast = model.Forward(Tensor.Of([x], [1, 1, 1])).ToArray<float>()[0];
    if (t >= 60)
        Console.WriteLine($"step {t + 1}: forecast {forecast,7:F3}, truth {Wave(3, t + 1),7:F3}");
    x = t < 59 ? Wave(3, t + 1) : forecast;
}
