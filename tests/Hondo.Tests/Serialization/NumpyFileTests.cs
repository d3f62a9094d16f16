using System.Text;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;

namespace Hondo.Tests.Serialization;

public sealed class NumpyFileTests
{
    static readonly Tensor[] Some =
    [
        Tensor.Of([1.5f, -2, float.NaN, 4, 5, 6], [2, 3]), Tensor.Of([1e300, 2]), Tensor.Of([7, -8], [1, 2, 1]),
        Tensor.Scalar(3f), Tensor.Zeros([0, 4]),
    ];

    [Fact]
    public void What_was_written_is_read_again()
    {
        using var scratch = new ScratchFolder();
        foreach (Tensor x in Some)
        {
            NumpyFile.Write(scratch["a.npy"], x);
            AssertSame(x, NumpyFile.Read(scratch["a.npy"]));
        }
        foreach (bool compress in new[] { false, true })
        {
            Dictionary<string, Tensor> all = Some.Index().ToDictionary(p => $"part/{p.Index}", p => p.Item);
            NumpyFile.WriteArchive(scratch["a.npz"], all, compress);
            byte[] bytes = File.ReadAllBytes(scratch["a.npz"]);
            NumpyFile.WriteArchive(scratch["a.npz"], all, compress);
            Assert.Equal(bytes, File.ReadAllBytes(scratch["a.npz"]));
            IReadOnlyDictionary<string, Tensor> read = NumpyFile.ReadArchive(scratch["a.npz"]);
            Assert.Equal(all.Keys, read.Keys);
            Assert.All(all, pair => AssertSame(pair.Value, read[pair.Key]));
        }
    }

    // What numpy.save writes, byte by byte.
    static byte[] Npy(string header, params byte[] numbers) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)(header.Length + 1), 0, .. Encoding.ASCII.GetBytes(header + "\n"), .. numbers];

    [Theory]
    [InlineData("{'descr': '>i2', 'fortran_order': False, 'shape': (2,), }", new byte[] { 1, 0, 255, 255 },
        new[] { 256.0, -1 })]
    [InlineData("{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", new byte[] { 1, 0 }, new[] { 1.0, 0 })]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 2), }", new byte[] { 1, 2, 3, 4 },
        new[] { 1.0, 3, 2, 4 })]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (), }", new byte[] { 0, 60 }, new[] { 1.0 })]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", new byte[] { 5, 0, 0, 0, 0, 0, 0, 0 },
        new[] { 5.0 })]
    public void Other_types_and_orders_become_Hondos(string header, byte[] numbers, double[] expected)
    {
        using var scratch = new ScratchFolder();
        Assert.Equal(expected, NumpyFile.Read(scratch.Write("a.npy", Npy(header, numbers))).ToArray<double>());
    }

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "kind")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", "kind")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", "shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "ends before")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (100000000,), }", "ends before")]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", "32 bits")]
    public void What_cannot_be_read_is_refused_with_a_reason(string header, string reason)
    {
        using var scratch = new ScratchFolder();
        DataFormatException error = Assert.Throws<DataFormatException>(() =>
            NumpyFile.Read(scratch.Write("a.npy", Npy(header, 0, 0, 0, 0, 0, 0, 0, 9))));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_refused()
    {
        using var scratch = new ScratchFolder();
        Assert.Throws<DataFormatException>(() => NumpyFile.Read(scratch["none.npy"]));
        Assert.Throws<DataFormatException>(() => NumpyFile.Read(scratch.Write("a.npy", "no numbers at all")));
        Assert.Throws<DataFormatException>(() => NumpyFile.ReadArchive(scratch.Write("a.npz", "no archive")));
    }

    static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal((expected.Shape, expected.DType), (actual.Shape, actual.DType));
        Assert.Equal(expected.ToArray<double>(), actual.ToArray<double>());
    }
}
