// %% [markdown]
// # Stochastic gradient descent
//
// Each sample corrects the weights a little, against the gradient of its error: $w \leftarrow w - \eta \, \partial L /
// \partial w$. With $L = \frac12 (\hat y - y)^2$ the gradient is $-(y - \hat y)\,x$, so the weight **rises** when the
// model falls short. (Some slides write the gradient without the minus sign; the sign matters.)

// %% [markdown]
// ## The worked example, step by step
//
// Three houses, (50, 150), (80, 200) and (120, 280); we start at $w = b = 0$ with learning rate $\eta = 0.0001$.

// %%
(double X, double Y)[] houses = [(50, 150), (80, 200), (120, 280)];
(double W, double B)[] Descend(int steps, double rate)
{
    double w = 0, b = 0;
    var path = new List<(double, double)>();
    for (int i = 0; i < steps; i++)
    {
        var (x, y) = houses[i % 3];
        double error = w * x + b - y;
        (w, b) = (w - rate * error * x, b - rate * error);
        path.Add((w, b));
    }
    return [.. path];
}
(double W, double B)[] path = Descend(30, 0.0001);
Display(Table(path.Take(3).Select((at, i) => new { n = i + 1, w = Math.Round(at.W, 4), b = Math.Round(at.B, 4) })));
Check("after sample 1", [path[0].W, path[0].B], [0.750, 0.015]);
Check("after sample 2", [path[1].W, path[1].B], [1.8699, 0.0290]);
Check("after sample 3", [path[2].W, path[2].B], [2.5369, 0.0346]);
Check("after 10 epochs", [path[29].W, path[29].B], [2.2674, 0.0515]);

// %% [markdown]
// The same with Hondo: a linear layer, a loss and an optimizer. The tape computes the gradient.

// %%
var line = new Linear(1, 1);
line.To(DType.Float64);
line.Weight.Set(Tensor.Zeros([1, 1], DType.Float64));
line.Bias!.Set(Tensor.Zeros([1], DType.Float64));
var optimizer = new Sgd(line.Parameters, learningRate: 0.0001);
for (int i = 0; i < 30; i++)
{
    using var step = Tape.Begin();
    Tensor predicted = line.Forward(Tensor.Of([houses[i % 3].X], [1, 1]));
    new HalfMeanSquaredError().Compute(predicted, Tensor.Of([houses[i % 3].Y], [1, 1])).Backward();
    optimizer.Step();
}
Check("with the tape, 10 epochs",
    [line.Weight.Value.Item, line.Bias!.Value.Item], [2.2674, 0.0515]);

// %% [markdown]
// ## The figure
//
// The weight goes to and fro around its value: each sample pulls towards the line through itself.

// %%
new LineChart("w sample by sample", [new("w", [.. path.Select(at => at.W)])])
{
    Across = "sample",
}

// %% [markdown]
// **Exercise 1.** Repeat the descent with the rate 0.0005. What happens to $w$ after 30 samples? Keep its absolute
// value.

// %% Exercise 1 tags=["exercise"]
double far = 0;
// solution
far = Math.Abs(Descend(30, 0.0005)[^1].W);
// end
Console.WriteLine($"|w| = {far:G4}");

// %% tags=["check"]
Check("the rate is too high: it diverges", far > 10);

// %% [markdown]
// **Exercise 2.** The squared error of the line, $\frac12\sum(\hat y - y)^2$ over the three houses: by how much does
// it fall from the first sample to the end of epoch 10?

// %% Exercise 2 tags=["exercise"]
double fall = 0;
// solution
double Error((double W, double B) at) => houses.Sum(h => Math.Pow(at.W * h.X + at.B - h.Y, 2)) / 2;
fall = Error(path[0]) - Error(path[29]);
// end
Console.WriteLine($"{fall:F3}");

// %% tags=["check"]
Check("the error falls", fall > 0 && Math.Abs(fall - (Loss(path[0]) - Loss(path[29]))) < 1e-6);
double Loss((double W, double B) at) =>
    houses.Select(h => at.W * h.X + at.B - h.Y).Sum(difference => difference * difference / 2);
