namespace Hondo.Data;

/// <summary>A class for each sample, as its index among the class names.</summary>
public sealed class ClassTargets : Targets
{
    readonly int[] _labels;

    /// <summary>Labels 0 to classes − 1.</summary>
    /// <param name="labels">One a sample.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="name">What errors call the data.</param>
    /// <exception cref="DataFormatException">A label is outside the classes.</exception>
    public ClassTargets(int[] labels, IReadOnlyList<string> classes, string name = "data") : base(labels.Length)
    {
        for (int row = 0; row < labels.Length; row++)
            if ((uint)labels[row] >= (uint)classes.Count)
                throw new DataFormatException(name, $"row {row} (counted from 0)",
                    $"the label is {labels[row]}, but there are {classes.Count} classes: 0 to {classes.Count - 1}",
                    "Correct the label, or name all the classes.");
        (_labels, Classes) = (labels, classes);
    }

    /// <summary>The names of the classes, by label.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>All labels, by row.</summary>
    public ReadOnlySpan<int> Labels => _labels;
}
