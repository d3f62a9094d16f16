using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Insights.Tests;

public sealed class ModelSummaryTests
{
    [Fact]
    public void A_summary_is_a_table_of_plain_text()
    {
        Layer model = ModelText.Parse(
            "Sequential(Flatten(), Linear(784, 64), Residual(Sequential(Linear(64, 64), Relu())), Linear(64, 10))");
        Assert.Equal("""
            Sequential(Flatten(), Linear(784, 64), Residual(Sequential(Linear(64, 64), Relu())), Linear(64, 10))

            layer                          output        parameters  multiply-adds
            0             Flatten()        [batch, 784]           0              0
            1             Linear(784, 64)  [batch, 64]       50,240         50,176
            2             Residual         [batch, 64]        4,160          4,096
              2.body      Sequential       [batch, 64]        4,160          4,096
                2.body.0  Linear(64, 64)   [batch, 64]        4,160          4,096
                2.body.1  Relu()           [batch, 64]            0              0
            3             Linear(64, 10)   [batch, 10]          650            640
            total                                            55,050         54,912

            55,050 parameters, all of them trainable, in 220 kB
            To train: 440 kB for parameters and gradients, and up to 8,400 bytes for each sample of a batch

            """.ReplaceLineEndings("\n"), ModelSummary.Of(model, [28, 28, 1]).ToString());
    }

    [Fact]
    public void A_summary_of_one_layer_has_one_line()
    {
        var summary = ModelSummary.Of(new Linear(3, 2), [3]);
        Assert.Equal(["Linear(3, 2)"], summary.Rows.Select(row => row.Text));
        Assert.Equal((8L, 6L), (summary.Parameters, summary.MultiplyAdds));
    }

    [Fact]
    public void Without_an_input_the_outputs_are_left_out()
    {
        string text = ModelSummary.Of(ModelText.Parse("Sequential(Linear(3, 2), Relu())")).ToString();
        Assert.Contains("0      Linear(3, 2)                   8", text, StringComparison.Ordinal);
        Assert.DoesNotContain("batch", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_that_stay_as_they_are_are_counted_apart()
    {
        var model = new Linear(3, 2);
        model.Weight.IsTrainable = false;
        Assert.Contains("8 parameters, 2 of them trainable", ModelSummary.Of(model, [3]).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_summary_takes_no_memory_whatever_the_models_size()
    {
        var model = new Sequential(new Linear(30_000, 30_000), new Linear(30_000, 30_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(1_800_060_000, ModelSummary.Of(model, [30_000]).Parameters);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Fact]
    public void A_model_draws_its_numbers_after_a_summary_as_without()
    {
        Layer plain = new Linear(3, 2), summarized = new Linear(3, 2);
        _ = ModelSummary.Of(summarized, [3]);
        Assert.Equal(ModelHash.Of(plain), ModelHash.Of(summarized));
    }

    [Fact]
    public void Layers_that_do_not_fit_are_an_error_with_their_path()
    {
        Layer model = ModelText.Parse("Sequential(Linear(3, 2), Linear(3, 2))");
        var error = Assert.Throws<ShapeException>(() => ModelSummary.Of(model, [3]));
        Assert.StartsWith("1: ", error.Message, StringComparison.Ordinal);
    }
}
