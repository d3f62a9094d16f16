using System.Text.Json;
using Hondo.Optimizers;
using Hondo.Schedules;
using Hondo.Tensors;
using Hondo.Tests.Golden;

namespace Hondo.Tests.Optimizers;

public sealed class OptimizerParityTests
{
    // NAdam has a test of its own: PyTorch 1.13, which made the vectors, departs from the paper.
    public static IEnumerable<object[]> Named(string part) => ParityFile.Names("optimiser")
        .Where(name => name.Contains(part, StringComparison.Ordinal)
            && !name.Contains("nadam", StringComparison.Ordinal))
        .Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Named), "_quadratic")]
    public void Paths_on_a_quadratic_bowl_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        double[] a = golden.Data("A").Values, b = golden.Data("b").Values;
        Follow(golden, (x, g) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                g[i] = -b[i];
                for (int k = 0; k < x.Length; k++)
                    g[i] += a[(i * x.Length) + k] * x[k];
            }
        });
    }

    [ParityTheory]
    [MemberData(nameof(Named), "_rosenbrock")]
    public void Paths_in_Rosenbrocks_valley_are_those_of_PyTorch(string name) => Follow(ParityFile.Case(name), (x, g) =>
    {
        double valley = x[1] - (x[0] * x[0]);
        g[0] = (-400 * x[0] * valley) - (2 * (1 - x[0]));
        g[1] = 200 * valley;
    });

    static void Follow(ParityCase golden, Action<double[], double[]> gradient)
    {
        ParityTensor path = golden.Data("path");
        double[] x = [.. golden.Data("x0").Values];
        Parameter parameter = Parameter.Of(Tensor.Of(x, [1, x.Length]));
        (Optimizer optimizer, ISchedule? schedule) = Make(golden, [parameter]);
        var g = new double[x.Length];
        for (int step = 1; step < path.Axes[0]; step++)
        {
            gradient(x, g);
            Step(optimizer, schedule, g);
            x = parameter.Value.ToArray<double>();
            AssertClose(path.Values.AsSpan(step * x.Length, x.Length), x);
        }
    }

    [ParityTheory]
    [MemberData(nameof(Named), "_given")]
    public void Updates_by_given_gradients_are_those_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        Parameter w = Parameter.Of(golden.Data("w0").ToTensor()), v = Parameter.Of(AsRow(golden.Data("v0").ToTensor()));
        (Optimizer optimizer, ISchedule? schedule) = Make(golden, [w, v]);
        ParityTensor wGrads = golden.Data("w_grads"), vGrads = golden.Data("v_grads");
        for (int step = 0; step < wGrads.Axes[0]; step++)
        {
            Step(optimizer, schedule, Row(wGrads, step), Row(vGrads, step));
            AssertClose(Row(golden.Data("w_path"), step + 1), w.Value.ToArray<double>());
            AssertClose(Row(golden.Data("v_path"), step + 1), v.Value.ToArray<double>());
        }
    }

    [ParityTheory]
    [MemberData(nameof(Named), "_groups")]
    public void Groups_are_an_optimizer_each(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        Parameter w = Parameter.Of(golden.Data("w0").ToTensor()), v = Parameter.Of(AsRow(golden.Data("v0").ToTensor()));
        (Optimizer first, Optimizer second) = (Group(golden, 0, w), Group(golden, 1, v));
        for (int step = 0; step < golden.Data("w_grads").Axes[0]; step++)
        {
            Step(first, null, Row(golden.Data("w_grads"), step));
            Step(second, null, Row(golden.Data("v_grads"), step));
        }
        AssertClose(golden.Data("w_end").Values, w.Value.ToArray<double>());
        AssertClose(golden.Data("v_end").Values, v.Value.ToArray<double>());
    }

    static Optimizer Group(ParityCase golden, int group, Parameter parameter)
    {
        JsonElement settings = golden.Attributes.GetProperty("groups")[group];
        var optimizer = new Momentum(
            [parameter], settings.GetProperty("lr").GetDouble(), settings.GetProperty("momentum").GetDouble());
        if (settings.TryGetProperty("weight_decay", out JsonElement decay))
            optimizer.GradientTransforms.Add(new L2(decay.GetDouble()));
        return optimizer;
    }

    [ParityTheory]
    [MemberData(nameof(Named), "clip_norm")]
    public void Clipping_by_norm_is_that_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        ParityTensor[] gradients = [golden.Data("g0"), golden.Data("g1"), golden.Data("g2")];
        var slab = new ParameterSlab(gradients.Select(g => Parameter.Of(Tensor.Zeros(g.Shape, DType.Float64))));
        for (int i = 0; i < 3; i++)
            gradients[i].Values.CopyTo(slab.Gradients<double>()[slab.RangeOf(i)]);
        var clip = new ClipNorm(golden["max_norm"]);
        clip.Apply<double>(slab, 0);
        Assert.Equal(golden.Data("norm").Values[0], clip.Norm, 1e-6);
        for (int i = 0; i < 3; i++)
            AssertClose(golden.Data($"clipped{i}").Values, slab.Gradients<double>()[slab.RangeOf(i)], 1e-6);
    }

    static Tensor AsRow(Tensor vector) => Tensor.Of(vector.ToArray<double>(), [1, vector.Size]);

    static double[] Row(ParityTensor table, int row)
    {
        int size = table.Values.Length / table.Axes[0];
        return table.Values[(row * size)..((row + 1) * size)];
    }

    static void Step(Optimizer optimizer, ISchedule? schedule, params ReadOnlySpan<double[]> gradients)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i].CopyTo(optimizer.Slab.Gradients<double>()[optimizer.Slab.RangeOf(i)]);
            optimizer.Slab.Parameters[i].Leaf.HasFreshGradient = true;
        }
        if (schedule is not null)
            optimizer.LearningRate = schedule.Rate(optimizer.InitialLearningRate, Progress.At(optimizer.StepCount));
        optimizer.Step();
    }

    // PyTorch computed these in float64: what is left is rounding, which Rosenbrock's valley makes larger.
    static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance = 1e-9)
    {
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Equal(expected[i], actual[i], tolerance),
                $"number {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }

    static bool Equal(double a, double b, double tolerance) =>
        double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) <= tolerance * Math.Max(1, Math.Abs(a));

    static (Optimizer Optimizer, ISchedule? Schedule) Make(ParityCase c, Parameter[] parameters)
    {
        Optimizer optimizer = c.Op switch
        {
            "sgd" when c["momentum"] == 0 => new Sgd(parameters, c["lr"]),
            "sgd" when c.Is("nesterov") => new Nesterov(parameters, c["lr"], c["momentum"]),
            "sgd" => new Momentum(parameters, c["lr"], c["momentum"], c["dampening"]),
            "rmsprop" when c.Is("centered") =>
                new CenteredRmsProp(parameters, c["lr"], c["alpha"], c["momentum"], c["eps"]),
            "rmsprop" => new RmsProp(parameters, c["lr"], c["alpha"], c["momentum"], c["eps"]),
            "adagrad" => new Adagrad(parameters, c["lr"], c["initial_accumulator_value"], c["eps"]),
            "adadelta" => new Adadelta(parameters, c["lr"], c["rho"], c["eps"]),
            _ => MakeAdam(c, parameters, c.List("betas")),
        };
        if (c["weight_decay"] != 0 && c.Op != "adamw")
            optimizer.GradientTransforms.Add(new L2(c["weight_decay"]));
        if (c.Op == "adamw" && c.Is("amsgrad"))
            optimizer.GradientTransforms.Add(new DecoupledDecay(c["weight_decay"]));
        return (optimizer, c["lr_decay"] == 0 ? null : new InverseDecay(c["lr"] / c["lr_decay"], 1 / c["lr_decay"]));
    }

    static Optimizer MakeAdam(ParityCase c, Parameter[] parameters, double[] betas) => c.Op switch
    {
        "adam" or "adamw" when c.Is("amsgrad") => new AmsGrad(parameters, c["lr"], betas[0], betas[1], c["eps"]),
        "adam" => new Adam(parameters, c["lr"], betas[0], betas[1], c["eps"]),
        "adamw" => new AdamW(parameters, c["lr"], c["weight_decay"], betas[0], betas[1], c["eps"]),
        "adamax" => new Adamax(parameters, c["lr"], betas[0], betas[1], c["eps"]),
        "radam" => new RAdam(parameters, c["lr"], betas[0], betas[1], c["eps"]),
        _ => throw new NotSupportedException($"No optimizer is known for {c.Op}."),
    };
}
