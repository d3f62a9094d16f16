using Hondo.Layers;
using Hondo.Optimizers;

namespace Hondo.Transfer.Tests;

public sealed class DiscriminativeRatesTests
{
    [Fact]
    public void Discriminative_rates_fall_from_the_end_to_the_beginning()
    {
        var model = new Sequential(new Linear(2, 4), new Tanh(), new Linear(4, 4), new Tanh(), new Linear(4, 1));
        var optimizer = new AdamW(model.Parameters, 0.04);
        optimizer.UseDiscriminativeRates(model, factor: 2);
        Assert.Equal([("4", 0.04), ("2", 0.02), ("0", 0.01)],
            optimizer.Groups.Select(group => (group.Name, group.LearningRate)));
    }
}
