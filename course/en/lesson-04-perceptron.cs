// %% [markdown]
// # From McCulloch and Pitts to the perceptron
//
// In 1943 McCulloch and Pitts described a neuron that adds its inputs with weights and fires when the sum reaches a
// threshold. A person sets its weights. In 1958 Rosenblatt let them be learned: when the answer $\hat y$ is not the
// right one, $w \leftarrow w + \gamma\,(y - \hat y)\,x$.

// %%
double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
Console.WriteLine($"AND: {string.Join(" ", corners.Select(x => McCullochPitts.And.Fire(x)))}");
Console.WriteLine($"OR:  {string.Join(" ", corners.Select(x => McCullochPitts.Or.Fire(x)))}");
Check("AND", [.. corners.Select(x => (double)McCullochPitts.And.Fire(x))], [0, 0, 0, 1]);
Check("OR", [.. corners.Select(x => (double)McCullochPitts.Or.Fire(x))], [0, 1, 1, 1]);

// %% [markdown]
// ## The worked example
//
// $\gamma = 1.5$, step at 1, no bias; we start at $w = [1, 1]$ and the samples come in the order 00, 01, 10, 11. Each
// row of the table is a sample that changed the weights.

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
Check("OR does not change", or.Weights.ToArray(), [1, 1]);

// %% [markdown]
// ## The figure
//
// The line $w_1 x_1 + w_2 x_2 = 1$ of AND(x₁, ¬x₂) parts the corner (1, 0) from the others.

// %%
double[] first = [0.4, 1.5];
new LineChart("AND(x₁, ¬x₂)",
[
    new("boundary", first, [.. first.Select(x => (1 - onlyFirst.Weights[0] * x) / onlyFirst.Weights[1])]),
    new("0", [0, 0, 1], [0, 1, 1]),
    new("1", [1], [0]),
])
{
    Across = "x₁",
    AcrossScale = AxisScale.Linear,
    Up = "x₂",
}

// %% [markdown]
// **Exercise 1.** Let a perceptron learn NAND (1, 1, 1, 0) with a bias: `new Perceptron(2)` and `Fit`, which returns
// the epoch in which nothing was wrong any more, or −1.

// %% Exercise 1 tags=["exercise"]
var nand = new Perceptron(2);
int epochs = -1;
// solution
epochs = nand.Fit([.. corners.Zip([1, 1, 1, 0])]);
// end
Console.WriteLine($"epochs: {epochs}");

// %% tags=["check"]
Check("NAND", epochs > 0 && corners.Select(x => nand.Predict(x)).SequenceEqual([1, 1, 1, 0]));

// %% [markdown]
// **Exercise 2.** And XOR (0, 1, 1, 0), with 1,000 epochs?

// %% Exercise 2 tags=["exercise"]
int xor = 0;
// solution
xor = new Perceptron(2).Fit([.. corners.Zip([0, 1, 1, 0])], epochs: 1000);
// end
Console.WriteLine(xor < 0 ? "never" : $"{xor}");

// %% tags=["check"]
Check("no line separates XOR", xor == -1);
