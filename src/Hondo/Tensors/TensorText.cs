using System.Globalization;
using System.Text;

namespace Hondo.Tensors;

/// <summary>A tensor in one line, for the debugger and for messages.</summary>
static class TensorText
{
    const int Shown = 8;

    public static string Describe(Node node)
    {
        var text = new StringBuilder();
        text.Append(node.Name).Append(' ').Append(Lower(node.Type)).Append(' ').Append(node.Shape).Append(" {");
        for (int i = 0; i < Math.Min(Shown, node.Shape.Size); i++)
            text.Append(i == 0 ? "" : ", ").Append(Number(node, i));
        return text.Append(node.Shape.Size > Shown ? ", …}" : "}").ToString();
    }

    static string Number(Node node, int i) => node.Type switch
    {
        DType.Float64 => node.Value.As<double>()[i].ToString("G6", CultureInfo.InvariantCulture),
        DType.Int32 => node.Value.As<int>()[i].ToString(CultureInfo.InvariantCulture),
        _ => node.Value.As<float>()[i].ToString("G6", CultureInfo.InvariantCulture),
    };

    public static string Lower(DType type) => type switch
    {
        DType.Float64 => "float64",
        DType.Int32 => "int32",
        _ => "float32",
    };
}
