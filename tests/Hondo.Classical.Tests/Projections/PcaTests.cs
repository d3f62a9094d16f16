namespace Hondo.Classical.Tests.Projections;

public sealed class PcaTests
{
    [Theory]
    [InlineData("iris")]
    [InlineData("wine")]
    [InlineData("breast_cancer")]
    [InlineData("digits")]
    public void Variances_and_components_are_those_of_scikit_learn(string data)
    {
        double[][] theirs = ReferenceData.Table($"{data}-pca");
        Pca pca = Pca.Fit(ReferenceData.Of(data).Standardized, theirs[0].Length);
        for (int k = 0; k < pca.Count; k++)
        {
            Assert.Equal(theirs[0][k], pca.Variances[k], 1e-5);
            Assert.Equal(theirs[1][k], pca.Ratios[k], 1e-5);
            // A direction and its opposite are the same.
            double[] component = theirs[2 + k];
            double sign = Math.Sign(component.MaxBy(Math.Abs));
            for (int j = 0; j < component.Length; j++)
                Assert.Equal(sign * component[j], pca[k][j], 1e-5);
        }
    }

    [Fact]
    public void All_components_lose_nothing_and_fewer_lose_the_rest_of_the_variance()
    {
        FeatureMatrix x = ReferenceData.Of("wine").Standardized;
        Assert.Equal(0, Pca.Fit(x, x.Columns).ReconstructionError(x), 1e-9);
        Pca some = Pca.Fit(x, 5), all = Pca.Fit(x, x.Columns);
        double rest = all.Variances[5..].ToArray().Sum() * (x.Rows - 1) / x.Rows;
        Assert.Equal(rest, some.ReconstructionError(x), 1e-9);
    }

    [Fact]
    public void Few_rows_of_many_columns_have_the_components_of_their_covariance()
    {
        FeatureMatrix x = ReferenceData.Of("digits").Features.Take([.. Enumerable.Range(0, 40)]);
        Pca few = Pca.Fit(x, 39);
        for (int k = 0; k < 39; k++)
            for (int other = 0; other <= k; other++)
                Assert.Equal(k == other ? 1 : 0, Dot(few[k], few[other]), 1e-9);
        FeatureMatrix codes = few.Transform(x);
        for (int k = 0; k < 39; k++)
            Assert.Equal(few.Variances[k],
                Enumerable.Range(0, 40).Sum(i => codes[i][k] * codes[i][k]) / 39, 1e-8 * few.Variances[0]);
        Assert.Equal(0, few.ReconstructionError(x), 1e-8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(25)]
    public void A_symmetric_matrix_is_its_eigenvectors_and_values_multiplied(int n)
    {
        var a = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
                a[i * n + j] = a[j * n + i] = (i * 7 + j * 3) % 5 == 0 ? 0 : Math.Sin(i * n + j);
        var eigen = new SymmetricEigen([.. a], n);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                Assert.Equal(a[i * n + j], Enumerable.Range(0, n).Sum(k =>
                    eigen.Values[k] * eigen.Vectors[k * n + i] * eigen.Vectors[k * n + j]), 1e-12 * n);
    }

    static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
