using Hondo.Losses;
using Hondo.Tensors;

namespace Hondo.Data;

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

    /// <inheritdoc/>
    public override ReadOnlySpan<float> Values => _values;

    /// <inheritdoc/>
    public override bool AreDrawn => true;

    /// <inheritdoc/>
    public override int Outputs => Sample[^1];

    /// <inheritdoc/>
    protected internal override Recipe Recipe(DataSplits data, string? model, int? epochs, string? augment) =>
        BitRecipe.For(data, model, epochs);

    /// <inheritdoc/>
    protected internal override Shape Each => Sample;

    /// <inheritdoc/>
    // They follow from the samples.
    protected internal override ReadOnlySpan<byte> Stored(int row) => [];

    /// <inheritdoc/>
    protected internal override string Describe() => $"{Sample[^1]} bits a step";

    /// <inheritdoc/>
    protected internal override Targets For(Loss loss, string data) => loss.Target == TargetKind.Binary ? this
        : throw Unfit(loss, data, $"cannot be used with {Describe()}", "Use BitCrossEntropy.");
}

/// <summary>For every token of a window the one that follows it in the text.</summary>
public sealed class TokenTargets : Targets
{
    /// <summary>The label of a place at the end of a stream where there is no token; losses ignore it.</summary>
    public const int None = -1;

    readonly TokenWindows _windows;

    /// <summary>The targets of windows.</summary>
    /// <param name="windows">The windows.</param>
    /// <param name="tokenizer">What the tokens mean.</param>
    public TokenTargets(TokenWindows windows, ITokenizer tokenizer) : base(windows.Count) =>
        (_windows, Tokenizer, Tokens) = (windows, tokenizer,
            [.. Enumerable.Range(0, tokenizer.Count).Select(token => TokenText.Visible(tokenizer.Bytes(token)))]);

    /// <summary>What the tokens mean.</summary>
    public override ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public override string Unit => "token";

    /// <summary>Every token, as it can be shown on one line.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => Tokens;

    /// <inheritdoc/>
    public override int Outputs => Tokens.Count;

    /// <inheritdoc/>
    protected internal override DType Type => DType.Int32;

    /// <inheritdoc/>
    protected internal override Recipe Recipe(DataSplits data, string? model, int? epochs, string? augment) =>
        TextRecipe.For(_windows, Tokenizer, model, epochs);

    /// <inheritdoc/>
    protected internal override Shape Each => _windows.Sample;

    /// <inheritdoc/>
    protected internal override void Gather(ReadOnlySpan<int> rows, Span<int> batch)
    {
        int length = _windows.Sample.Size;
        for (int i = 0; i < rows.Length; i++)
            _windows.CopyTargets(rows[i], batch.Slice(i * length, length));
    }

    /// <inheritdoc/>
    protected internal override string Describe() => $"{Tokens.Count} tokens";

    /// <inheritdoc/>
    protected internal override Targets For(Loss loss, string data) => loss.Target == TargetKind.Labels ? this
        : throw Unfit(loss, data, "cannot be used with the tokens of a text", "Use TokenCrossEntropy.");
}
