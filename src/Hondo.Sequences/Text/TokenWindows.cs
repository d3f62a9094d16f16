using System.Runtime.InteropServices;
using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>
/// A text as samples: windows of tokens, int32 <c>[length]</c>. Sample <c>stream · windows + window</c>; a batch has
/// one window of each stream, and the next batch the windows that follow.
/// </summary>
public sealed class TokenWindows : Features
{
    readonly int[] _tokens;

    /// <summary>The windows of a part of a text.</summary>
    /// <param name="tokens">The tokens of the whole text.</param>
    /// <param name="layout">How the part is read.</param>
    public TokenWindows(int[] tokens, StreamLayout layout)
        : base([layout.Length], checked(layout.Streams * layout.Windows * layout.Length), names: null) =>
        (_tokens, Layout) = (tokens, layout);

    /// <summary>How the text is read.</summary>
    public StreamLayout Layout { get; }

    /// <inheritdoc/>
    public override DType Type => DType.Int32;

    internal override StreamLayout? Streams => Layout;

    /// <summary>Copies the input tokens of a sample; token 0 stands where there is none.</summary>
    internal void CopyInputs(int row, Span<int> window) => Copy(row, -1, window, none: 0);

    /// <summary>Copies the tokens to predict; −1 stands where there is none.</summary>
    internal void CopyTargets(int row, Span<int> window) => Copy(row, 0, window, none: TokenTargets.None);

    void Copy(int row, int shift, Span<int> window, int none)
    {
        (int start, int count) = Layout.Window(row / Layout.Windows, row % Layout.Windows);
        _tokens.AsSpan(start + shift, count).CopyTo(window);
        window[count..].Fill(none);
    }

    /// <summary>How many characters a token stands for on average.</summary>
    public double CharactersPerToken(ITokenizer tokenizer)
    {
        long characters = 0;
        foreach (int token in _tokens)
            foreach (byte value in tokenizer.Bytes(token))
                // Every byte but the first of a character is 10xxxxxx.
                characters += (value & 0xC0) != 0x80 ? 1 : 0;
        return (double)characters / _tokens.Length;
    }

    /// <inheritdoc/>
    public override float this[int row, int number]
    {
        get
        {
            (int start, int count) = Layout.Window(row / Layout.Windows, row % Layout.Windows);
            return number < count ? _tokens[start - 1 + number] : 0;
        }
    }

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> sample)
    {
        for (int i = 0; i < sample.Length; i++)
            sample[i] = this[row, i];
    }

    internal override void Gather(ReadOnlySpan<int> rows, Block batch)
    {
        for (int i = 0; i < rows.Length; i++)
            CopyInputs(rows[i], batch.As<int>().Slice(i * Sample.Size, Sample.Size));
    }

    internal override void Gather(ReadOnlySpan<int> rows, ReadOnlySpan<float> center, ReadOnlySpan<float> gain,
        Span<float> batch) => throw new NotSupportedException("Tokens are numbers of a vocabulary: there is nothing "
            + "to normalize. Leave the normalization out.");

    internal override double Unit => 1;

    internal override ReadOnlySpan<byte> Stored(int row)
    {
        (int start, int count) = Layout.Window(row / Layout.Windows, row % Layout.Windows);
        return MemoryMarshal.AsBytes(_tokens.AsSpan(start - 1, count));
    }

    internal override int FirstNotFinite() => -1;
}
