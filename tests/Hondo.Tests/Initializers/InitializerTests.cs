using Hondo.Initializers;
using Hondo.Tensors;

namespace Hondo.Tests.Initializers;

public sealed class InitializerTests
{
    static readonly Shape Matrix = [200, 300];

    static double[] Draw(IInitializer initializer, Shape shape, ulong seed = 1, ulong stream = 2)
    {
        var values = new double[shape.Size];
        initializer.Fill<double>(values, shape, seed, stream);
        return values;
    }

    static double Deviation(double[] values) => Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2));

    public static TheoryData<IInitializer, Shape, double> Laws => new()
    {
        { new HeNormal(), Matrix, Math.Sqrt(2.0 / 300) },
        { new HeUniform(), Matrix, Math.Sqrt(2.0 / 300) },
        { new HeNormal(fan: Fan.Out), Matrix, Math.Sqrt(2.0 / 200) },
        { new HeNormal(gain: 1), Matrix, Math.Sqrt(1.0 / 300) },
        { new XavierNormal(), Matrix, Math.Sqrt(2.0 / 500) },
        { new XavierUniform(gain: Gain.Tanh), Matrix, 5.0 / 3 * Math.Sqrt(2.0 / 500) },
        { new HeNormal(), [3, 3, 32, 64], Math.Sqrt(2.0 / (9 * 32)) },
        { new HeNormal(fan: Fan.Out), [3, 3, 32, 64], Math.Sqrt(2.0 / (9 * 64)) },
        { new Normal(deviation: 0.5), Matrix, 0.5 },
        { new Uniform(-1, 1), Matrix, 1 / Math.Sqrt(3) },
        { new Orthogonal(), [100, 100], 0.1 },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void Initializers_have_the_mean_and_deviation_of_their_law(IInitializer initializer, Shape shape,
        double deviation)
    {
        double[] values = Draw(initializer, shape);
        Assert.Equal(0, values.Average(), 5 * deviation / Math.Sqrt(values.Length));
        Assert.Equal(deviation, Deviation(values), deviation * 5 / Math.Sqrt(2.0 * values.Length));
    }

    [Fact]
    public void Uniform_draws_stay_within_their_bounds()
    {
        double bound = Math.Sqrt(6.0 / 300);
        double[] values = Draw(new HeUniform(), Matrix);
        Assert.InRange(values.Min(), -bound, -0.99 * bound);
        Assert.InRange(values.Max(), 0.99 * bound, bound);
    }

    [Theory]
    [InlineData(5, 8)]
    [InlineData(8, 5)]
    [InlineData(6, 6)]
    public void Orthogonal_rows_or_columns_are_orthonormal(int rows, int columns)
    {
        double[] q = Draw(new Orthogonal(), [rows, columns]);
        bool wide = rows <= columns;
        int few = Math.Min(rows, columns), many = Math.Max(rows, columns);
        for (int i = 0; i < few; i++)
            for (int j = 0; j < few; j++)
            {
                double dot = 0;
                for (int k = 0; k < many; k++)
                    dot += wide
                        ? q[(i * columns) + k] * q[(j * columns) + k]
                        : q[(k * columns) + i] * q[(k * columns) + j];
                Assert.Equal(i == j ? 1 : 0, dot, 1e-12);
            }
    }

    [Fact]
    public void Draws_depend_on_seed_and_stream_alone()
    {
        double[] values = Draw(new HeNormal(), Matrix);
        Assert.Equal(values, Draw(new HeNormal(), Matrix));
        Assert.NotEqual(values, Draw(new HeNormal(), Matrix, seed: 2));
        Assert.NotEqual(values, Draw(new HeNormal(), Matrix, stream: 3));
    }

    [Fact]
    public void A_float32_parameter_starts_as_the_rounded_float64_one()
    {
        var single = new float[Matrix.Size];
        new XavierNormal().Fill<float>(single, Matrix, 1, 2);
        Assert.Equal(Draw(new XavierNormal(), Matrix).Select(v => (float)v), single);
    }

    [Fact]
    public void Variance_is_kept_through_depth_by_He_with_relu()
    {
        var values = new double[256];
        new Normal(deviation: 1).Fill<double>(values, [256], 3, 4);
        double before = values.Average(v => v * v);
        for (ulong layer = 0; layer < 10; layer++)
        {
            double[] weights = Draw(new HeNormal(), [256, 256], stream: layer);
            double[] x = layer == 0 ? values : [.. values.Select(v => Math.Max(0, v))];
            double scale = layer == 0 ? Math.Sqrt(0.5) : 1;
            for (int row = 0; row < 256; row++)
                values[row] = scale * Enumerable.Range(0, 256).Sum(k => weights[(row * 256) + k] * x[k]);
        }
        Assert.InRange(values.Average(v => v * v) / before, 0.4, 2.5);
    }

    [Fact]
    public void Orthogonal_refuses_a_vector()
    {
        var error = Assert.Throws<ShapeException>(() => Draw(new Orthogonal(), [7]));
        Assert.Equal("Orthogonal draws matrices, but the parameter is [7]. Use Normal for it.", error.Message);
    }

    [Fact]
    public void Initializers_print_as_the_code_that_makes_them()
    {
        Assert.Equal("HeNormal(gain: 1, fan: Fan.Out)", new HeNormal(1, Fan.Out).ToString());
        Assert.Equal("Normal(deviation: 0.5)", new Normal(deviation: 0.5).ToString());
        Assert.Equal("Uniform()", new Uniform().ToString());
        Assert.Equal("Constant(0.25)", new Constant(0.25).ToString());
    }
}
