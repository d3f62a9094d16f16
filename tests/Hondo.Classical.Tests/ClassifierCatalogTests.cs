using Hondo.Serialization;

namespace Hondo.Classical.Tests;

public sealed class ClassifierCatalogTests
{
    [Theory]
    [InlineData("svm")]
    [InlineData("svm(kernel: rbf, c: 1, gamma: 0.25)")]
    [InlineData("svm(kernel: poly, degree: 2, constant: 1, gamma: auto)")]
    [InlineData("svm(kernel: linear, c: 0.5)")]
    [InlineData("linear-svm(c: 0.1)")]
    [InlineData("knn(k: 3, weights: distance)")]
    public void A_text_builds_what_prints_as_a_text_that_builds_the_same(string text)
    {
        IClassifier classifier = ClassifierCatalog.All.Parse(text)();
        Assert.Equal(classifier.ToString(), ClassifierCatalog.All.Parse(classifier.ToString()!)().ToString());
    }

    [Fact]
    public void Every_name_learns_the_irises()
    {
        ReferenceData iris = ReferenceData.Of("iris");
        Assert.All(ClassifierCatalog.All.Signatures, signature => Assert.InRange(
            iris.Accuracy(iris.CrossPredict(ClassifierCatalog.All.Parse(signature.Name))), 0.9, 1));
    }

    [Theory]
    [InlineData("svn", "svm")]
    [InlineData("svm(c: -1)", "above 0")]
    [InlineData("svm(kernel: round)", "Rbf")]
    [InlineData("knn(k: 0)", "1 or more")]
    public void Wrong_texts_say_what_is_right(string text, string part) => Assert.Contains(part,
        Assert.Throws<CallTextException>(() => ClassifierCatalog.All.Parse(text)).Message,
        StringComparison.OrdinalIgnoreCase);
}
