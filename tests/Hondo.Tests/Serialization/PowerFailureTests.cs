using Hondo.Serialization;

namespace Hondo.Tests.Serialization;

/// <summary>The protocol of <see cref="DurableFile"/> on a disk that loses power at every moment.</summary>
public sealed class PowerFailureTests
{
    static readonly string Target = Path.Combine(Path.GetTempPath(), "hondo-power-failure.txt");

    [Fact]
    public void After_a_power_failure_a_file_is_old_or_new() => Assert.Empty(Broken(new ForgetfulDisk()));

    [Fact]
    public void Without_the_flush_of_the_file_a_file_can_be_neither_old_nor_new() =>
        Assert.Contains("torn", Broken(new ForgetfulDisk(flushesFiles: false)));

    [Fact]
    public void Without_the_flush_of_the_folder_an_acknowledged_file_can_be_lost() =>
        Assert.Contains("lost", Broken(new ForgetfulDisk(flushesFolders: false)));

    static HashSet<string> Broken(ForgetfulDisk disk)
    {
        HashSet<string> broken = [];
        string? acknowledged = null;
        foreach (string text in new[] { "the first", "the second one", "3rd" })
        {
            disk.AfterOperation = () =>
            {
                foreach (string? found in disk.AfterPowerFailure(Target))
                    if (found != acknowledged && found != text)
                        broken.Add(found is null ? "lost" : "torn");
            };
            DurableFile.Write(Target, file =>
            {
                foreach (byte letter in System.Text.Encoding.UTF8.GetBytes(text))
                    file.Write([letter]);
            }, disk);
            acknowledged = text;
            disk.AfterOperation = () => { };
            if (disk.AfterPowerFailure(Target).Any(found => found != text))
                broken.Add("lost");
        }
        return broken;
    }
}
