using Hondo.Onnx.Runtime;
using Hondo.Onnx.Values;

namespace Hondo.Onnx.Ops;

/// <summary>Losses, dropout and the optimizers' steps.</summary>
static class LossOps
{
    public static void AddTo(OpFamily family) => family
        .Add("NegativeLogLikelihoodLoss", call => Likelihood(call, call[0]))
        .AddAll("SoftmaxCrossEntropyLoss", call =>
        {
            OnnxTensor logs = LogSoftmax(call[0]);
            return [Likelihood(call, logs), logs];
        })
        .AddAll("Dropout", Dropout)
        .AddAll(OpFamily.Training, "Adagrad", call => Each(call, 2, Adagrad))
        .AddAll(OpFamily.Training, "Adam", call => Each(call, 3, Adam))
        .AddAll(OpFamily.Training, "Momentum", call => Each(call, 2, Momentum));

    static OnnxTensor LogSoftmax(OnnxTensor x)
    {
        OnnxTensor sums = ReductionOps.Reduce(MatrixOps.AsDouble(x), [1], true, n =>
        {
            double most = n.Max();
            return most + Math.Log(n.Sum(a => Math.Exp(a - most)));
        });
        return CastOps.Convert(BinaryOps.Apply(MatrixOps.AsDouble(x), sums, (a, b) => a - b, (a, _) => a), x.Type);
    }

    static OnnxTensor Likelihood(Call call, OnnxTensor logs)
    {
        OnnxTensor labels = call[1];
        double[]? weights = call.Maybe(2)?.Numbers;
        int classes = logs.Dims[1], inner = Dimensions.Product(logs.Dims[2..]);
        bool ignores = call.Node.Has("ignore_index");
        long ignored = call.Int("ignore_index", 0);
        var losses = new double[labels.Size];
        double all = 0;
        for (int i = 0; i < losses.Length; i++)
        {
            long label = labels.Integers[i];
            if (ignores && label == ignored)
                continue;
            int c = IndexOps.Place(label, classes);
            double weight = weights?[c] ?? 1;
            losses[i] = -weight * logs.Numbers[(i / inner * classes + c) * inner + i % inner];
            all += weight;
        }
        return call.Node.Text("reduction", "mean") switch
        {
            "none" => OnnxTensor.Of(logs.Type, labels.Dims.ToArray(), losses),
            "sum" => OnnxTensor.Of(logs.Type, [], [losses.Sum()]),
            "mean" => OnnxTensor.Of(logs.Type, [], [losses.Sum() / all]),
            var other => throw Call.Unknown($"the reduction '{other}'"),
        };
    }

    static OnnxValue?[] Dropout(Call call)
    {
        OnnxTensor x = call[0];
        double ratio = call.Maybe(1)?.Numbers[0] ?? 0.5;
        bool trains = call.Opset < 7 ? call.Node.Has("is_test") && !call.Flag("is_test")
            : call.Integers(2) is [not 0];
        long[] mask = new long[x.Size];
        Array.Fill(mask, 1);
        if (trains && ratio > 0)
            for (int i = 0; i < mask.Length; i++)
                mask[i] = call.Interpreter.Random.NextDouble() >= ratio ? 1 : 0;
        OnnxTensor y = !trains || ratio == 0 ? x : OnnxTensor.Of(x.Type, x.Dims.ToArray(),
            [.. x.Numbers.Select((n, i) => mask[i] * n / (1 - ratio))]);
        // Until opset 9 the mask had the type of the numbers.
        OnnxTensor kept = OnnxTensor.Of(ElementType.Bool, x.Dims.ToArray(), mask);
        return [y, call.Opset < 10 ? CastOps.Convert(kept, x.Type) : kept];
    }

    delegate double[][] Rule(Call call, double rate, long step, double[][] of);

    // Inputs: rate, step, then all weights, all gradients, all states; outputs in the same order without gradients.
    static OnnxValue?[] Each(Call call, int states, Rule rule)
    {
        int kinds = states + 1, count = (call.Count - 2) / kinds;
        var outputs = new OnnxValue?[count * (kinds - 1)];
        for (int i = 0; i < count; i++)
        {
            double[][] of = [.. Enumerable.Range(0, kinds).Select(k => call[2 + k * count + i].Numbers)];
            double[][] results = rule(call, call[0].Numbers[0], call[1].Integers[0], of);
            for (int k = 0; k < results.Length; k++)
                outputs[k * count + i] = OnnxTensor.Of(call[2 + i].Type, call[2 + i].Dims.ToArray(), results[k]);
        }
        return outputs;
    }

    static double[][] Adagrad(Call call, double rate, long step, double[][] of)
    {
        double decay = call.Float("decay_factor", 0), epsilon = call.Float("epsilon", 1e-6);
        double norm = call.Float("norm_coefficient", 0), now = rate / (1 + step * decay);
        double[] g = [.. of[1].Zip(of[0], (gradient, x) => norm * x + gradient)];
        double[] h = [.. of[2].Zip(g, (square, gradient) => square + gradient * gradient)];
        return [[.. of[0].Select((x, i) => x - now * g[i] / (Math.Sqrt(h[i]) + epsilon))], h];
    }

    static double[][] Adam(Call call, double rate, long step, double[][] of)
    {
        double alpha = call.Float("alpha", 0.9), beta = call.Float("beta", 0.999);
        double norm = call.Float("norm_coefficient", 0);
        double after = call.Float("norm_coefficient_post", 0), epsilon = call.Float("epsilon", 1e-8);
        double[] g = [.. of[1].Zip(of[0], (gradient, x) => norm * x + gradient)];
        double[] v = [.. of[2].Zip(g, (mean, gradient) => alpha * mean + (1 - alpha) * gradient)];
        double[] h = [.. of[3].Zip(g, (square, gradient) => beta * square + (1 - beta) * gradient * gradient)];
        double now = step > 0 ? rate * Math.Sqrt(1 - Math.Pow(beta, step)) / (1 - Math.Pow(alpha, step)) : rate;
        return [[.. of[0].Select((x, i) => (1 - after) * (x - now * v[i] / (Math.Sqrt(h[i]) + epsilon)))], v, h];
    }

    static double[][] Momentum(Call call, double rate, long step, double[][] of)
    {
        double alpha = call.Float("alpha", 0), norm = call.Float("norm_coefficient", 0);
        double beta = step > 0 ? call.Float("beta", 1) : 1;
        double[] g = [.. of[1].Zip(of[0], (gradient, x) => norm * x + gradient)];
        double[] v = [.. of[2].Zip(g, (velocity, gradient) => alpha * velocity + beta * gradient)];
        bool nesterov = call.Node.Text("mode", "standard") == "nesterov";
        return [[.. of[0].Select((x, i) => x - rate * (nesterov ? g[i] + alpha * v[i] : v[i]))], v];
    }
}
