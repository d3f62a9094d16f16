#:property PublishAot=false
#:project ../src/Hondo.Classical
// Gates, by hand (1943) and learned (1958); XOR needs two layers of them.

double[][] corners = [[0, 0], [0, 1], [1, 0], [1, 1]];
Console.WriteLine($"AND by hand: {string.Join(" ", corners.Select(x => McCullochPitts.And.Fire(x)))}");

Perceptron onlyFirst = Learn(0, 0, 1, 0), onlySecond = Learn(0, 1, 0, 0), or = Learn(0, 1, 1, 1);
Console.WriteLine($"x1 and not x2, learned: w = {string.Join(", ", onlyFirst.Weights.ToArray())}");
Console.WriteLine($"XOR of the three: {string.Join(" ",
    corners.Select(x => or.Predict(onlyFirst.Predict(x), onlySecond.Predict(x))))}");
Console.WriteLine($"XOR by one perceptron: {(TryXor() < 0 ? "never" : "learned")}");

Perceptron Learn(params int[] answers)
{
    var perceptron = new Perceptron([1, 1], threshold: 1) { LearningRate = 1.5 };
    perceptron.Fit([.. corners.Zip(answers)]);
    return perceptron;
}

int TryXor() => new Perceptron(2).Fit([.. corners.Zip([0, 1, 1, 0])], epochs: 1000);
