// %% [markdown]
// # The linear model
//
// The simplest model adds up what it knows, each number with its weight: $\hat y = w_1 x_1 + \dots + w_n x_n + b$. For
// many samples at once it is a matrix product, $\hat y = Xw + b$: that is why networks live on matrix products.

// %% [markdown]
// ## The worked example
//
// Four samples of two numbers and the weights [2, 1]:

// %%
Tensor x = Tensor.Of(new[,] { { 1f, 1 }, { 0, 1 }, { 2, 1 }, { 1, 1 } });
Tensor w = Tensor.Of(new[,] { { 2f }, { 1 } });
Tensor y = x.MatMul(w);
Console.WriteLine(y);
Check("Xw", y.ToArray<double>(), [3, 1, 5, 3]);

// %% [markdown]
// ## The line that fits best
//
// Three houses: size (in hundreds of m²) and price. The best line has the least mean squared error, $\frac{1}{2m}\sum
// (\hat y - y)^2$. There is a closed form, and one can also go down the gradient: both arrive at the same place.

// %%
double[] size = [0.5, 0.8, 1.2], price = [1.5, 2.0, 2.8];
var closed = SimpleLinearRegression.ClosedForm(size, price);
var descended = SimpleLinearRegression.Descent(size, price, learningRate: 0.5, steps: 2000);
Console.WriteLine($"closed form: {closed.Slope:F4} x + {closed.Intercept:F4}");
Console.WriteLine($"descent: {descended.Slope:F4} x + {descended.Intercept:F4}");
Check("the same slope", descended.Slope, closed.Slope);
Check("the same intercept", descended.Intercept, closed.Intercept);

// %% [markdown]
// ## The figure

// %%
double[] across = [0.4, 1.3];
new LineChart("price by size",
    [new("line", across, [.. across.Select(closed.Predict)]), new("houses", size, price)])
{
    Across = "100 m²",
    AcrossScale = AxisScale.Linear,
    Up = "price",
}

// %% [markdown]
// **Exercise 1.** What would a house of 100 m² cost by this line?

// %% Exercise 1 tags=["exercise"]
double hundred = 0;
// solution
hundred = closed.Predict(1);
// end
Console.WriteLine($"{hundred:F3}");

// %% tags=["check"]
Check("price of 100 m²", hundred, closed.Slope + closed.Intercept);

// %% [markdown]
// **Exercise 2.** Write the error $\frac{1}{2m}\sum (\hat y - y)^2$ of the line $\hat y = 2x + 0.5$ yourself, and
// compare it with that of the best line.

// %% Exercise 2 tags=["exercise"]
double error = 0;
// solution
error = size.Zip(price, (s, p) => Math.Pow(2 * s + 0.5 - p, 2)).Sum() / (2 * size.Length);
// end
Console.WriteLine($"{error:F5}, the best {closed.Loss(size, price):F5}");

// %% tags=["check"]
Check("error of the line", error, new SimpleLinearRegression(2, 0.5).Loss(size, price));
Check("none is better", closed.Loss(size, price) < error);
