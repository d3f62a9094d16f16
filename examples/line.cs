#:property PublishAot=false
#:project ../src/Hondo.Classical
// A line through three points: closed form, gradient descent, and sample by sample (Adaline, 1960).

double[] size = [0.5, 0.8, 1.2], price = [1.5, 2.0, 2.8];
var closed = SimpleLinearRegression.ClosedForm(size, price);
var descended = SimpleLinearRegression.Descent(size, price, learningRate: 0.5, steps: 200);
var adaline = new Adaline(inputs: 1, learningRate: 0.1);
adaline.Fit([.. size.Zip(price, (x, y) => (new[] { x }, y))], epochs: 500);

Console.WriteLine($"closed form  {closed.Slope:0.0000} x + {closed.Intercept:0.0000}");
Console.WriteLine($"descent      {descended.Slope:0.0000} x + {descended.Intercept:0.0000}");
Console.WriteLine($"adaline      {adaline.Weights[0]:0.0000} x + {adaline.Bias:0.0000}");
