namespace Hondo.Classical.Tests.Neighbors;

public sealed class NeighborTests
{
    [Theory]
    [InlineData("iris")]
    [InlineData("wine")]
    [InlineData("breast_cancer")]
    [InlineData("digits")]
    public void Nearest_neighbours_say_what_scikit_learn_says(string data)
    {
        ReferenceData reference = ReferenceData.Of(data);
        int[] theirs = reference.Said("knn"), ours = reference.CrossPredict(() => new KNearestNeighbors(5));
        // Rows equally far may come in another order.
        Assert.InRange(ours.Zip(theirs, (a, b) => a == b ? 1.0 : 0).Average(), 0.99, 1);
        Assert.InRange(reference.Accuracy(ours) - reference.Accuracy(theirs), -0.005, 0.005);
    }

    [Fact]
    public void Neighbours_are_those_that_a_plain_search_finds()
    {
        FeatureMatrix x = ReferenceData.Of("wine").Standardized;
        var model = new KNearestNeighbors(3);
        model.Fit(x, ReferenceData.Of("wine").Labels);
        int[,] found = model.Neighbors(x);
        for (int i = 0; i < x.Rows; i++)
        {
            double[] row = x[i].ToArray();
            int[] plain = [.. Enumerable.Range(0, x.Rows).OrderBy(j =>
                x[j].ToArray().Zip(row, (a, b) => (a - b) * (a - b)).Sum()).Take(3)];
            Assert.Equal(plain, (int[])[found[i, 0], found[i, 1], found[i, 2]]);
        }
    }

    [Fact]
    public void A_near_neighbour_outvotes_two_far_ones_when_distance_counts()
    {
        FeatureMatrix x = new([0, 3, 3.5], 1);
        int[] labels = [0, 1, 1];
        foreach ((NeighborWeights weights, int expected) in
            new[] { (NeighborWeights.Uniform, 1), (NeighborWeights.Distance, 0) })
        {
            var model = new KNearestNeighbors(3, weights);
            model.Fit(x, labels);
            Assert.Equal([expected], model.Predict(new([0.5], 1)));
        }
    }

    // The least inertias that scikit-learn finds in 20 starts; of ten clusters 10 starts find nearly as little.
    [Theory]
    [InlineData("iris", 3, 139.82049635974982)]
    [InlineData("wine", 3, 1277.9284888446423)]
    [InlineData("breast_cancer", 2, 11595.461473962354)]
    [InlineData("digits", 10, 69408.81170711099)]
    public void K_means_finds_as_tight_clusters_as_scikit_learn(string data, int k, double inertia) =>
        Assert.InRange(KMeans.Fit(ReferenceData.Of(data).Standardized, k).Inertia, 0, inertia * 1.01);

    [Fact]
    public void Centres_are_the_means_of_their_rows_and_every_row_is_with_the_nearest()
    {
        FeatureMatrix x = ReferenceData.Of("iris").Standardized;
        KMeans means = KMeans.Fit(x, 4, seed: 7);
        Assert.Equal(means.Labels, means.Predict(x));
        for (int c = 0; c < means.Count; c++)
            for (int j = 0; j < x.Columns; j++)
                Assert.Equal(means[c][j],
                    Enumerable.Range(0, x.Rows).Where(i => means.Labels[i] == c).Average(i => x[i][j]), 1e-9);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        FeatureMatrix x = ReferenceData.Of("digits").Features;
        (double one, double four) = Threads.Both(() => KMeans.Fit(x, 10, starts: 2).Inertia);
        Assert.Equal(one, four);
    }

    [Fact]
    public void As_many_centres_as_different_rows_lose_nothing()
    {
        KMeans means = KMeans.Fit(new([1, 1, 5, 5, 9], 1), 3, starts: 20);
        Assert.Equal(0, means.Inertia);
        Assert.Throws<ArgumentOutOfRangeException>(() => KMeans.Fit(new([1, 2], 1), 3));
    }
}
