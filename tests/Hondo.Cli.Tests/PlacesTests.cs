using Hondo.Training;

namespace Hondo.Cli.Tests;

/// <summary>Places that cannot be written to or read from: one clear error, and nothing lost.</summary>
public sealed class PlacesTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    void Fails(string expected, params string[] line)
    {
        Answer answer = _shell.Run(line);
        Assert.Equal((1, ""), (answer.Code, answer.Out));
        Assert.StartsWith("error: ", answer.Error, StringComparison.Ordinal);
        Assert.Contains(expected, answer.Error, StringComparison.Ordinal);
        Assert.Single(answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_run_cannot_be_where_a_file_is()
    {
        string file = _shell.Path("file");
        File.WriteAllText(file, "mine");
        Fails("exists already", "train", "iris", "--quiet", "--run", file);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void A_text_is_no_model()
    {
        string file = _shell.Path("model.safetensors");
        File.WriteAllText(file, "Four score and seven years ago");
        Fails("no safetensors file", "predict", file, "1,2,3,4");
        Fails("no safetensors file", "info", file);
    }

    [Fact]
    public void A_folder_without_a_model_is_no_run() => Fails("the folder is no run", "eval", _shell.Path("."), "iris");

    [Fact]
    public void A_model_that_lost_its_end_is_found_out()
    {
        string run = _shell.Path("run");
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "1", "--quiet", "--run", run).Code);
        string file = Path.Combine(run, "checkpoints", "best.safetensors");
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..^5]);
        Fails("The file is damaged", "predict", run, "5.1,3.5,1.4,0.2");
    }

    [Fact]
    public void A_table_with_a_crooked_row_names_it()
    {
        string table = _shell.Path("a.csv");
        File.WriteAllText(table, "x,y\n1,2\n3\n4,5\n");
        Fails("3", "train", table, "--quiet", "--run", _shell.Path("run"));
        Assert.False(Directory.Exists(_shell.Path("run")));
    }

    [MountFact]
    public void A_full_disk_is_named()
    {
        using SmallDisk disk = SmallDisk.Mount(_shell.Path("disk"), kilobytes: 64);
        Fails("disk is full", "train", "iris", "--quiet", "--epochs", "1000", "--run",
            Path.Combine(disk.Folder, "run"));
        Assert.DoesNotContain(Directory.EnumerateFiles(disk.Folder, "*", SearchOption.AllDirectories),
            file => file.Contains(".tmp", StringComparison.Ordinal));
    }

    [MountFact]
    public void A_disk_that_can_only_be_read_is_named()
    {
        using SmallDisk disk = SmallDisk.MountReadOnly(_shell.Path("disk"));
        Fails("the disk can only be read", "train", "iris", "--quiet", "--run", Path.Combine(disk.Folder, "run"));
    }

    [Fact]
    public void A_name_that_is_too_long_is_named_and_the_longest_is_not()
    {
        Fails("the name is too long", "train", "iris", "--quiet", "--run", _shell.Path(new string('n', 256)));
        Assert.Equal(0, _shell.Run("train", "iris", "--epochs", "1", "--quiet", "--run",
            _shell.Path(new string('n', 255))).Code);
    }

    [Fact]
    public async Task When_the_folder_vanishes_training_goes_on_and_the_best_model_is_saved()
    {
        string run = _shell.Path("run"), elsewhere = _shell.Path("elsewhere"), last = RunFolder.CheckpointsOf(run);
        Task<Answer> training = Task.Run(() => _shell.Run("train", "iris", "--epochs", "300", "--checkpoint-every",
            "1 step", "--run", run));
        while (!training.IsCompleted && !(Directory.Exists(last) && Directory.GetDirectories(last).Any(IsLate)))
            await Task.Delay(10);
        Directory.Move(run, elsewhere);
        Answer answer = await training;
        Assert.Equal(0, answer.Code);
        // What is said depends on where in a save it happened.
        Assert.Contains("Training goes on with the best model in memory", answer.Error, StringComparison.Ordinal);
        Assert.True(RunCheckpoint.Newest(RunFolder.CheckpointsOf(elsewhere)).Step > 20);
        Assert.Equal(0, _shell.Run("eval", run, "iris").Code);

        static bool IsLate(string checkpoint) =>
            int.TryParse(checkpoint[(checkpoint.LastIndexOf('-') + 1)..], out int step) && step > 30;
    }
}
