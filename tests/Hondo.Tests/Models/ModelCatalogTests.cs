using Hondo.Models;
using Hondo.Serialization;

namespace Hondo.Tests.Models;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData("softmax", "Sequential(Flatten(), Linear(784, 10))")]
    [InlineData("linear()", "Sequential(Flatten(), Linear(784, 10))")]
    [InlineData("mlp", "Sequential(Flatten(), Linear(784, 512), Relu(), Dropout(0.2), Linear(512, 512), Relu(), "
        + "Dropout(0.2), Linear(512, 10))")]
    [InlineData("mlp(hidden: 32, dropout: 0)", "Sequential(Flatten(), Linear(784, 32), Relu(), Linear(32, 10))")]
    [InlineData("mlp([32, 16], Sigmoid(), dropout: 0)", "Sequential(Flatten(), "
        + "Linear(784, 32, initializer: XavierUniform()), Sigmoid(), "
        + "Linear(32, 16, initializer: XavierUniform()), Sigmoid(), Linear(16, 10))")]
    [InlineData("Linear(784, 10)", "Linear(784, 10)")]
    [InlineData("sequential()", "Sequential()")]
    [InlineData("SOFTMAX", "Sequential(Flatten(), Linear(784, 10))")]
    public void A_name_or_a_text_is_a_model(string text, string model) =>
        Assert.Equal(model, ModelCatalog.Parse(text, [28, 28, 1], 10).ToString());

    [Fact]
    public void Rows_of_numbers_need_no_flattening() =>
        Assert.Equal("Sequential(Linear(4, 1))", ModelCatalog.Parse("logistic", [4], 2).ToString());

    [Theory]
    [InlineData("sofmax", "There is no model 'sofmax'. Did you mean softmax?")]
    [InlineData("logistic", "logistic: Logistic regression tells two classes apart, but the data has 10. Use softmax.")]
    [InlineData("mlp(hidden: [64, 0])", "mlp: ")]
    [InlineData("mlp(dropout: 1)", "The rate of Dropout is a probability")]
    [InlineData("Linear(784)", "Linear needs the argument outputs")]
    [InlineData("Sequental()", "There is no layer 'Sequental'. Did you mean Sequential?")]
    [InlineData("{mlp|softmax}", "Only the tuner reads alternatives")]
    [InlineData("7", "There is 7 where the model is expected")]
    public void A_wrong_name_or_size_is_refused(string text, string problem)
    {
        var error = Assert.Throws<CallTextException>(() => ModelCatalog.Parse(text, [28, 28, 1], 10));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }
}
