using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>
/// Windows of a text, one after the other: every row of a batch reads its own stretch, and the target of a character is
/// the next one. Its tensors are made inside the step.
/// </summary>
sealed class TextStream : IBatchStream
{
    readonly int[] _text, _inputs, _targets;
    readonly int _rows, _steps, _stretch;
    int _at;

    /// <summary>A stream over a text.</summary>
    /// <param name="text">The text's bytes; each kind becomes a token, in the order of the bytes.</param>
    /// <param name="rows">Rows of a batch.</param>
    /// <param name="steps">Characters of a window.</param>
    public TextStream(byte[] text, int rows, int steps)
    {
        byte[] kinds = [.. text.Distinct().Order()];
        var tokenOf = new int[256];
        for (int i = 0; i < kinds.Length; i++)
            tokenOf[kinds[i]] = i;
        (_rows, _steps, _stretch, Kinds) = (rows, steps, text.Length / rows, kinds.Length);
        _text = [.. text.Select(b => tokenOf[b])];
        (_inputs, _targets) = (new int[rows * steps], new int[rows * steps]);
    }

    /// <summary>How many kinds of characters there are.</summary>
    public int Kinds { get; }

    /// <summary>True when the last batch given was the first of a pass: there was nothing before it.</summary>
    public bool Begins { get; private set; }

    public (Tensor Inputs, Tensor Targets) Next()
    {
        Begins = _at == 0;
        for (int row = 0; row < _rows; row++)
        {
            int from = row * _stretch + _at;
            _text.AsSpan(from, _steps).CopyTo(_inputs.AsSpan(row * _steps));
            _text.AsSpan(from + 1, _steps).CopyTo(_targets.AsSpan(row * _steps));
        }
        _at = _at + 2 * _steps < _stretch ? _at + _steps : 0;
        return (Tensor.Of(_inputs, [_rows, _steps]), Tensor.Of(_targets, [_rows, _steps]));
    }
}
