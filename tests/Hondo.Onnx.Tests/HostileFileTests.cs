using System.Diagnostics;
using Hondo.Layers;
using Hondo.Tensors;
using Xunit.Abstractions;

namespace Hondo.Onnx.Tests;

/// <summary>Every damaged or hostile file gives one clear error, within little memory.</summary>
public sealed class HostileFileTests(ITestOutputHelper output) : IDisposable
{
    const long MostBytes = 256 << 20;

    readonly string _folder = Prepared();

    static string Prepared()
    {
        string folder = Directory.CreateTempSubdirectory("hondo-onnx").FullName;
        File.WriteAllBytes(Path.Combine(folder, "data.bin"), new byte[64]);
        File.CreateSymbolicLink(Path.Combine(folder, "link.bin"), "/etc/hostname");
        return folder;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Names => [.. HostileFiles.All.Keys];

    [Fact]
    public void There_are_at_least_eighty()
    {
        Assert.InRange(HostileFiles.All.Count, 80, 1000);
        (string Name, TimeSpan Time, long Bytes)[] all = [.. HostileFiles.All.Keys.Select(Open)];
        var (slowest, time, _) = all.MaxBy(one => one.Time);
        var (largest, _, bytes) = all.MaxBy(one => one.Bytes);
        output.WriteLine($"{all.Length} files, {all.Length} clear errors; slowest {time.TotalMilliseconds:F1} ms "
            + $"({slowest}), most memory {bytes / 1048576.0:F1} MB ({largest})");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_file_gives_one_clear_error(string name)
    {
        (_, _, long bytes) = Open(name);
        Assert.InRange(bytes, 0, MostBytes);
    }

    (string Name, TimeSpan Time, long Bytes) Open(string name)
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, HostileFiles.All[name]);
        long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        OnnxException error = Assert.ThrowsAny<OnnxException>(() =>
        {
            Layer model = OnnxModel.Load(path);
            using Tape.Scope step = Tape.Begin(Mode.Inference);
            _ = model.Forward(Tensor.Ones([1, 2, 2, 1]));
        });
        Assert.InRange(error.Message.Length, 20, 600);
        Assert.DoesNotContain("Exception", error.Message, StringComparison.Ordinal);
        return (name, Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
