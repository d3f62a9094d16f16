using System.Globalization;
using System.Text.RegularExpressions;
using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Serialization;

/// <summary>The header of a NumPy array: a Python dictionary of its type, order and shape.</summary>
static partial class NumpyHeader
{
    // NumPy's types, and what safetensors calls them.
    public static readonly Dictionary<string, string> Types = new()
    {
        ["f8"] = "F64",
        ["f4"] = "F32",
        ["f2"] = "F16",
        ["i8"] = "I64",
        ["i4"] = "I32",
        ["i2"] = "I16",
        ["u2"] = "U16",
        ["i1"] = "I8",
        ["u1"] = "U8",
        ["b1"] = "BOOL",
    };

    /// <summary>The shape that a tuple names.</summary>
    public static Shape ShapeOf(string text, string path, string place)
    {
        try
        {
            return [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(axis => int.Parse(axis, NumberStyles.None, CultureInfo.InvariantCulture))];
        }
        catch (Exception error) when (error is ShapeException or FormatException or OverflowException)
        {
            throw new DataFormatException(path, place, $"its shape ({text}) is none that a tensor can have",
                "Hondo's tensors have at most 6 axes and 2^31 - 1 numbers: save a part of it.", error);
        }
    }

    /// <summary>Reads the three fields.</summary>
    [GeneratedRegex(@"^\{\s*'descr':\s*'(?<end>[<>|=])(?<type>\w\d)',\s*'fortran_order':\s*(?<order>True|False),\s*"
        + @"'shape':\s*\((?<shape>[0-9, ]*)\),?\s*\}\s*$", RegexOptions.CultureInvariant)]
    public static partial Regex Fields();
}
