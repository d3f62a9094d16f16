using Hondo.Data;

namespace Hondo.Tests.Data;

public sealed class DrawsTests
{
    [Fact]
    public void A_beta_number_has_the_mean_and_variance_of_its_formula()
    {
        foreach (double alpha in (double[])[0.2, 1, 3])
        {
            double sum = 0, squares = 0;
            const int Count = 20000;
            for (ulong key = 0; key < Count; key++)
            {
                double x = new Draws(key).Beta(alpha);
                (sum, squares) = (sum + x, squares + x * x);
            }
            Assert.Equal(0.5, sum / Count, 0.01);
            Assert.Equal(1 / (4 * (2 * alpha + 1)), squares / Count - 0.25, 0.01);
        }
    }
}
