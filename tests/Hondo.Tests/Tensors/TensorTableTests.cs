using System.Diagnostics;
using System.Reflection;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Tensors;

public sealed class TensorTableTests
{
    [Fact]
    public void Rows_stand_below_each_other() => Assert.Equal("""
        float32 [2, 3]
        [[ 1.00 -2.50  3.00]
         [ 0.00  1.25 10.00]]
        """, Tensor.Of([1f, -2.5f, 3, 0, 1.25f, 10], [2, 3]).ToTable());

    [Fact]
    public void Matrices_have_an_empty_line_between_them() => Assert.Equal("""
        int32 [2, 2, 1]
        [[[ 1]
          [ 2]]

         [[ 3]
          [44]]]
        """, Tensor.Of([1, 2, 3, 44], [2, 2, 1]).ToTable());

    [Fact]
    public void The_middle_of_long_axes_is_left_out() => Assert.Equal("""
        float32 [1000, 20]
        [[    0     1 …    18    19]
         [   20    21 …    38    39]
         …
         [19960 19961 … 19978 19979]
         [19980 19981 … 19998 19999]]
        """, Tensor.Arange(0, 20_000).Reshape([1000, 20]).ToTable(edge: 2));

    [Theory]
    [InlineData(new[] { double.NaN, double.PositiveInfinity, -1 }, "[nan inf  -1]")]
    [InlineData(new[] { 1e-9, 1 }, "[1.0000e-009 1.0000e+000]")]
    [InlineData(new[] { 0.1, 1.0 / 3 }, "[0.1000 0.3333]")]
    [InlineData(new double[0], "[]")]
    public void Numbers_keep_what_tells_them_apart(double[] numbers, string text) =>
        Assert.EndsWith("\n" + text, Tensor.Of(numbers).ToTable(), StringComparison.Ordinal);

    [Fact]
    public void A_scalar_is_a_number() => Assert.Equal("float64 []\n2.5", Tensor.Scalar(2.5).ToTable());

    [Fact]
    public void A_debugger_shows_rows_and_says_when_a_tensor_is_stale()
    {
        Tensor x;
        var tape = new Tape();
        using (tape.Open(new(Mode.Training, 1, 1)))
        {
            x = Tape.Watch(Tensor.Of([1f, 2])) * 2;
            Assert.Equal(x.ToString(), Shown(x));
            Assert.Equal(["float32 [2]", "[2 4]"], new TensorDebugView(x).Rows);
        }
        Assert.Equal("stale Scale [2]", Shown(x));
        Assert.Equal("no tensor", Shown(default));
        Assert.Equal("{DebuggerText,nq}", typeof(Tensor).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
    }

    [Fact]
    public void A_debugger_draws_a_matrix_and_a_picture()
    {
        var view = new TensorDebugView(Tensor.Of([0f, 1, 2, 3, 4, float.NaN], [2, 3]));
        Assert.Equal(["  ░░▒▒", "▓▓██??"], view.Picture!);
        const string Before = "data:image/bmp;base64,";
        int start = view.Html!.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        byte[] bitmap = Convert.FromBase64String(view.Html[start..view.Html.IndexOf('"', start)]);
        Assert.Equal((54 + 2 * 12, 3, 2), (BitConverter.ToInt32(bitmap, 2), BitConverter.ToInt32(bitmap, 18),
            BitConverter.ToInt32(bitmap, 22)));
        // The lower row first, blue before red: 3, 4 and what is no number.
        Assert.Equal([191, 191, 191, 255, 255, 255, 0, 0, 255], bitmap[54..63]);
        // Two pictures beside each other with a pixel between them, and the two maps of a layer.
        foreach (Shape shape in (Shape[])[[2, 4, 4, 3], [4, 4, 2]])
            Assert.Equal(9, BitConverter.ToInt32(Convert.FromBase64String(new TensorDebugView(Tensor.Ones(shape)).Html!
                .Split(Before)[1].Split('"')[0]), 18));
        Assert.Null(new TensorDebugView(Tensor.Of([1f, 2])).Picture);
        Assert.Null(new TensorDebugView(Tensor.Zeros([0, 3])).Html);
    }

    static object? Shown(Tensor x) => typeof(Tensor)
        .GetProperty("DebuggerText", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(x);
}
