namespace Hondo.Classical;

/// <summary>A model that learns classes from rows at once, without steps along a gradient.</summary>
public interface IClassifier
{
    /// <summary>Learns; what was learned before is forgotten.</summary>
    /// <param name="x">The training rows <c>[rows, columns]</c>.</param>
    /// <param name="labels">The class of each row, 0 or more.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than rows, or fewer than two classes.
    /// </exception>
    void Fit(FeatureMatrix x, ReadOnlySpan<int> labels);

    /// <summary>The class of each row.</summary>
    /// <param name="x">Rows as wide as those of the training.</param>
    /// <exception cref="InvalidOperationException">Nothing was learned yet.</exception>
    int[] Predict(FeatureMatrix x);

    /// <summary>What was learned, in a few words: <c>44 support vectors</c>.</summary>
    string Describe();
}

/// <summary>What all classifiers can do.</summary>
public static class ClassifierExtensions
{
    extension(IClassifier classifier)
    {
        /// <summary>The share of rows whose class is predicted rightly.</summary>
        public double Accuracy(FeatureMatrix x, ReadOnlySpan<int> labels)
        {
            int[] said = classifier.Predict(x);
            int right = 0;
            for (int i = 0; i < said.Length; i++)
                right += said[i] == labels[i] ? 1 : 0;
            return (double)right / said.Length;
        }
    }
}

/// <summary>Checks and counts of labels.</summary>
static class ClassLabels
{
    /// <summary>How many classes there are: the largest label + 1.</summary>
    public static int Count(FeatureMatrix x, ReadOnlySpan<int> labels, string model)
    {
        if (labels.Length != x.Rows)
            throw new ArgumentException($"{model} needs one label for each row, but got {x.Rows} rows and "
                + $"{labels.Length} labels.", nameof(labels));
        int most = -1, least = int.MaxValue;
        foreach (int label in labels)
            (most, least) = (Math.Max(most, label), Math.Min(least, label));
        if (least < 0)
            throw new ArgumentException($"{model} got the label {least}: classes are numbered from 0.",
                nameof(labels));
        return least < most ? most + 1
            : throw new ArgumentException($"{model} tells classes apart, but all {labels.Length} rows are of class "
                + $"{most}. Give rows of two classes or more.", nameof(labels));
    }

    public static InvalidOperationException NotFitted(string model) =>
        new($"This {model} has learned nothing yet: call Fit first.");
}
