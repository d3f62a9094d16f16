using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Hondo.Tensors;

/// <summary>
/// A tensor's numbers in brackets as NumPy prints them: rows below each other, decimal points aligned, the middle of a
/// long axis left out.
/// </summary>
sealed class TensorTable
{
    readonly Node _node;
    readonly int _edge, _decimals, _width;
    readonly bool _isScientific;

    public TensorTable(Node node, int edge, int digits)
    {
        (_node, _edge) = (node, edge);
        double[] shown = [.. Places(0, 0).Select(Read).Where(double.IsFinite)];
        double[] sizes = [.. shown.Where(x => x != 0).Select(Math.Abs)];
        _isScientific = node.Type.IsFloating && sizes.Length > 0
            && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || sizes.Max() / sizes.Min() > 1e6);
        _decimals = node.Type.IsFloating ? shown.Select(x => Decimals(x, digits)).DefaultIfEmpty(0).Max() : 0;
        if (_isScientific)
            _decimals = digits;
        _width = Places(0, 0).Select(place => Text(place).Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>Type and shape, and below them the numbers.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(TensorText.Lower(_node.Type)).Append(' ').Append(_node.Shape).Append('\n');
        Write(text, 0, 0);
        return text.ToString();
    }

    void Write(StringBuilder text, int axis, int place)
    {
        if (axis == _node.Shape.Rank)
        {
            text.Append(Text(place).PadLeft(_width));
            return;
        }
        bool isLast = axis == _node.Shape.Rank - 1;
        // Rows stand one below the other, matrices have an empty line between them.
        string separator = isLast ? " " : new string('\n', _node.Shape.Rank - 1 - axis) + new string(' ', axis + 1);
        text.Append('[');
        bool isFirst = true;
        foreach (int i in Indices(axis))
        {
            text.Append(isFirst ? "" : separator);
            isFirst = false;
            if (i < 0)
                text.Append('…');
            else
                Write(text, axis + 1, place * _node.Shape[axis] + i);
        }
        text.Append(']');
    }

    /// <summary>The indices shown of an axis; −1 where some are left out.</summary>
    IEnumerable<int> Indices(int axis)
    {
        int length = _node.Shape[axis];
        if (length <= 2 * _edge + 1)
            return Enumerable.Range(0, length);
        return [.. Enumerable.Range(0, _edge), -1, .. Enumerable.Range(length - _edge, _edge)];
    }

    IEnumerable<int> Places(int axis, int place) => axis == _node.Shape.Rank
        ? [place]
        : Indices(axis).Where(i => i >= 0).SelectMany(i => Places(axis + 1, place * _node.Shape[axis] + i));

    double Read(int place) => Tensor.Read(_node.Value, _node.Type, place);

    static int Decimals(double x, int digits)
    {
        int needed = 0;
        while (needed < digits && Math.Abs(Math.Round(x, needed) - x) > 0.5 * Math.Pow(10, -digits))
            needed++;
        return needed;
    }

    string Text(int place) => Read(place) switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        var x => x.ToString((_isScientific ? "e" : "F") + _decimals, CultureInfo.InvariantCulture),
    };
}

/// <summary>What a debugger shows below a tensor: its numbers as a table, row by row, and as a picture.</summary>
sealed class TensorDebugView(Tensor tensor)
{
    /// <summary>The lines of the table.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public string[] Rows => tensor.ToTable(edge: 8).Split('\n');

    /// <summary>The picture in blocks of gray; null for what is none.</summary>
    public string[]? Picture => TensorPicture.Fits(tensor.Shape) ? new TensorPicture(tensor).Lines() : null;

    /// <summary>The picture for a debugger's HTML visualizer; null for what is none.</summary>
    public string? Html => TensorPicture.Fits(tensor.Shape) ? new TensorPicture(tensor).Html() : null;
}
