using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>What is to be predicted for each sample: a class, or numbers.</summary>
public abstract class Targets
{
    private protected Targets(int count) => Count = count;

    /// <summary>How many samples have a target.</summary>
    public int Count { get; }
}

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

/// <summary>Bits to say at the steps of a sequence: <c>[count, time, bits]</c> of 0 and 1, and −1 where none is asked
/// for.</summary>
public sealed class BinarySequenceTargets : Targets
{
    /// <summary>The mark of a step that no answer is asked for.</summary>
    public const float None = -1;

    readonly float[] _values;

    /// <summary>Targets of sequences.</summary>
    /// <param name="values">All of them, row-major.</param>
    /// <param name="sample">The shape of one, <c>[time, bits]</c>.</param>
    /// <exception cref="DataFormatException">A value is not 0, 1 or −1.</exception>
    public BinarySequenceTargets(float[] values, Shape sample) : base(values.Length / sample.Size)
    {
        if (sample.Rank != 2 || values.Length % sample.Size != 0)
            throw new ArgumentException($"{values.Length} bits are no whole count of sequences {sample}, which must be "
                + "[time, bits].", nameof(values));
        for (int i = 0; i < values.Length; i++)
            if (values[i] is not (0 or 1 or None))
                throw new DataFormatException("bits", $"sequence {i / sample.Size} (counted from 0)",
                    $"a target is {values[i]}", "Give 0 or 1, or −1 where no answer is asked for.");
        (_values, Sample) = (values, sample);
    }

    /// <summary>The shape of one sequence's targets, <c>[time, bits]</c>.</summary>
    public Shape Sample { get; }

    /// <summary>All values, row-major.</summary>
    public ReadOnlySpan<float> Values => _values;
}

/// <summary>For every token of a window the one that follows it in the text.</summary>
public sealed class TokenTargets : Targets
{
    /// <summary>The label of a place at the end of a stream where there is no token; losses ignore it.</summary>
    public const int None = -1;

    /// <summary>The targets of windows.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="tokenizer">What the tokens mean.</param>
    public TokenTargets(TokenWindows windows, ITokenizer tokenizer) : base(windows.Count) =>
        (Tokenizer, Tokens) = (tokenizer,
            [.. Enumerable.Range(0, tokenizer.Count).Select(token => TokenText.Visible(tokenizer.Bytes(token)))]);

    /// <summary>What the tokens mean.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Every token, as it can be shown on one line.</summary>
    public IReadOnlyList<string> Tokens { get; }
}
