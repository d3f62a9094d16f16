using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Tests.Golden;

namespace Hondo.Tests.Optimizers;

/// <summary>
/// PyTorch 1.13 multiplies μₜ twice into the product that corrects the mean (later versions and the paper once). So the
/// golden vectors check a slow twin with that slip, and the twin without it checks <see cref="NAdam"/>.
/// </summary>
public sealed class NAdamParityTests
{
    public static IEnumerable<object[]> Cases => ParityFile.Names("optimiser")
        .Where(name => name.Contains("nadam_given", StringComparison.Ordinal)).Select(name => new object[] { name });

    [ParityTheory]
    [MemberData(nameof(Cases))]
    public void The_twin_with_the_slip_is_that_of_PyTorch(string name)
    {
        ParityCase golden = ParityFile.Case(name);
        double[] end = Twin(golden, slip: true), expected = Last(golden.Data("w_path"));
        for (int i = 0; i < end.Length; i++)
            // PyTorch keeps the product in float32.
            Assert.Equal(expected[i], end[i], 1e-6);
    }

    [ParityTheory]
    [MemberData(nameof(Cases))]
    public void NAdam_is_the_twin_without_the_slip(string name)
    {
        ParityCase c = ParityFile.Case(name);
        Parameter w = Parameter.Of(c.Data("w0").ToTensor());
        double[] betas = c.List("betas");
        var optimizer = new NAdam([w], c["lr"], betas[0], betas[1], c["momentum_decay"], c["eps"]);
        for (int step = 0; step < c.Data("w_grads").Axes[0]; step++)
        {
            Row(c.Data("w_grads"), step).CopyTo(optimizer.Slab.Gradients<double>());
            w.Leaf.HasFreshGradient = true;
            optimizer.Step();
        }
        double[] end = Twin(c, slip: false);
        for (int i = 0; i < end.Length; i++)
            Assert.Equal(end[i], w.Value.ToArray<double>()[i], 1e-12);
    }

    static double[] Twin(ParityCase c, bool slip)
    {
        double[] w = [.. c.Data("w0").Values], m = new double[w.Length], v = new double[w.Length],
            betas = c.List("betas");
        double product = 1;
        for (int t = 1; t <= c.Data("w_grads").Axes[0]; t++)
        {
            double mu = Mu(t), next = Mu(t + 1);
            product *= mu;
            double nextProduct = product * next * (slip ? mu : 1);
            double[] g = Row(c.Data("w_grads"), t - 1);
            for (int i = 0; i < w.Length; i++)
            {
                m[i] = (betas[0] * m[i]) + ((1 - betas[0]) * g[i]);
                v[i] = (betas[1] * v[i]) + ((1 - betas[1]) * g[i] * g[i]);
                double divisor = Math.Sqrt(v[i] / (1 - Math.Pow(betas[1], t))) + c["eps"];
                w[i] -= c["lr"] * ((1 - mu) / (1 - product) * g[i] + (next / (1 - nextProduct) * m[i])) / divisor;
            }
        }
        return w;

        double Mu(int t) => betas[0] * (1 - (0.5 * Math.Pow(0.96, t * c["momentum_decay"])));
    }

    static double[] Last(ParityTensor path) => Row(path, path.Axes[0] - 1);

    static double[] Row(ParityTensor table, int row)
    {
        int size = table.Values.Length / table.Axes[0];
        return table.Values[(row * size)..((row + 1) * size)];
    }
}
