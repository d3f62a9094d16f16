using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Onnx.Tests;

/// <summary>Every damaged or hostile file gives one clear error, within little memory.</summary>
public sealed class HostileFileTests : IDisposable
{
    const long MostBytes = 256 << 20;

    readonly string _folder = Directory.CreateTempSubdirectory("hondo-onnx").FullName;

    public HostileFileTests()
    {
        File.WriteAllBytes(Path.Combine(_folder, "data.bin"), new byte[64]);
        File.CreateSymbolicLink(Path.Combine(_folder, "link.bin"), "/etc/hostname");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Names => [.. HostileFiles.All.Keys];

    [Fact]
    public void There_are_at_least_eighty() => Assert.InRange(HostileFiles.All.Count, 80, 1000);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_gives_one_clear_error(string name)
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, HostileFiles.All[name]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxException error = Assert.ThrowsAny<OnnxException>(() =>
        {
            Layer model = OnnxModel.Load(path);
            using Tape.Scope step = Tape.Begin(Mode.Inference);
            _ = model.Forward(Tensor.Ones([1, 2, 2, 1]));
        });
        Assert.InRange(error.Message.Length, 20, 600);
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
    }
}
