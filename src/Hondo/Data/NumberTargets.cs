namespace Hondo.Data;

/// <summary>Numbers to predict for each sample (regression): <c>[count, outputs]</c>.</summary>
public sealed class RegressionTargets : Targets
{
    readonly float[] _values;

    /// <summary>Targets of one or more numbers a sample.</summary>
    /// <param name="values">All of them, row-major.</param>
    /// <param name="names">The name of each output; their count is the width.</param>
    /// <param name="name">What errors call the data.</param>
    /// <exception cref="DataFormatException">A target is NaN or infinite.</exception>
    public RegressionTargets(float[] values, IReadOnlyList<string> names, string name = "data")
        : base(names.Count > 0 ? values.Length / names.Count : 0)
    {
        if (names.Count == 0 || values.Length % names.Count != 0)
            throw new ArgumentException($"{values.Length} target values are not a whole count of rows of "
                + $"{names.Count} outputs.", nameof(values));
        for (int i = 0; i < values.Length; i++)
            if (!float.IsFinite(values[i]))
                throw new DataFormatException(name, $"row {i / names.Count} (counted from 0)",
                    $"the target {names[i % names.Count]} is {values[i]}", "Correct the value or leave the row out.");
        (_values, Names) = (values, names);
    }

    /// <summary>The names of the outputs.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many numbers a sample has.</summary>
    public int Width => Names.Count;

    /// <summary>All values, row-major.</summary>
    public ReadOnlySpan<float> Values => _values;
}
