using System.Text;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Insights.Tests;

public sealed class TensorBoardLogTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>Bytes that are no picture: what a format gives is not looked into.</summary>
    sealed class AnyPicture : IPictureFormat
    {
        public string MediaType => "image/any";

        public byte[] Encode(ReadOnlySpan<float> pixels, int height, int width, int channels)
        {
            Assert.Equal(height * width * channels, pixels.Length);
            return [1, 2, 3];
        }
    }

    string Write(out History history, int epochs = 3)
    {
        string folder = _scratch["log"];
        history = Tasks.Trainer(Tasks.Mlp(), epochs, 16, new TensorBoardLog(folder, new AnyPicture()))
            .Fit(Tasks.Parts(60));
        return folder;
    }

    [Fact]
    public void The_checksum_has_the_known_answer() =>
        Assert.Equal(0xE3069283, Crc32C.Of("123456789"u8));

    [Fact]
    public void Every_file_begins_with_its_version_and_every_time_is_now()
    {
        string folder = Write(out _);
        foreach (string part in (string[])["", "train", "dev"])
        {
            List<EventRecord> records = EventRecord.ReadFolder(Path.Combine(folder, part));
            Assert.Equal("brain.Event:2", records[0].Version);
            Assert.All(records.Skip(1), record => Assert.Null(record.Version));
            Assert.All(records, record => Assert.InRange(
                DateTimeOffset.UtcNow.ToUnixTimeSeconds() - record.WallTime, -5, 600));
        }
    }

    [Fact]
    public void Scalars_are_those_of_the_history()
    {
        string folder = Write(out History history);
        foreach ((string part, string name, string tag) in ((string, string, string)[])
            [("train", "loss", "loss"), ("dev", "dev loss", "loss"), ("dev", "dev accuracy", "accuracy")])
        {
            EventRecord[] found = [.. EventRecord.ReadFolder(Path.Combine(folder, part)).Where(one => one.Tag == tag)];
            Assert.Equal(history[name].Select(value => (float)value),
                found.Select(one => (float)one.Value!.Single(field => field.Number == 2).Value));
            Assert.Equal(history.Select(epoch => epoch.Steps), found.Select(one => one.Step));
        }
    }

    [Fact]
    public void Histograms_count_every_weight()
    {
        EventRecord last = EventRecord.ReadFolder(Path.Combine(Write(out _), "train"))
            .Last(one => one.Tag == "weights/0/weight");
        List<ProtoField> histogram = ProtoField.Read((byte[])last.Value!.Single(field => field.Number == 5).Value);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], histogram.Select(field => field.Number));
        Assert.Equal(20 * 32.0, histogram[2].Value);
        double[] limits = Doubles(histogram[5]), counts = Doubles(histogram[6]);
        Assert.Equal(limits.Length, counts.Length);
        Assert.Equal(20 * 32, counts.Sum());
        Assert.True(limits.Zip(limits.Skip(1)).All(pair => pair.First < pair.Second));
        Assert.Equal((double)histogram[1].Value, limits[^1], 1e-9);
    }

    static double[] Doubles(ProtoField field) =>
        [.. ((byte[])field.Value).Chunk(8).Select(bytes => BitConverter.ToDouble(bytes))];

    [Fact]
    public void The_graph_leads_from_the_inputs_through_the_layers_to_the_loss()
    {
        byte[] graph = EventRecord.ReadFolder(Write(out _)).Single(one => one.Graph is not null).Graph!;
        var nodes = ProtoField.Read(graph).Where(field => field.Number == 1)
            .Select(field => ProtoField.Read((byte[])field.Value)).ToDictionary(node => Text(node, 1));
        Assert.Equal("Linear", Text(nodes["0"], 2));
        Assert.Equal(["Inputs", "0/weight", "0/bias"], Inputs("0"));
        Assert.Contains("3", Inputs("Loss"));
        Assert.All(nodes.Keys, name => Assert.Matches("^[A-Za-z0-9.][A-Za-z0-9_>./]*$", name));
        Assert.All(nodes.Keys.SelectMany(Inputs), input => Assert.Contains(input, nodes.Keys));

        IEnumerable<string> Inputs(string name) => nodes[name].Where(field => field.Number == 3)
            .Select(field => Encoding.UTF8.GetString((byte[])field.Value));
    }

    static string Text(List<ProtoField> message, int number) =>
        Encoding.UTF8.GetString((byte[])message.Single(field => field.Number == number).Value);

    [Theory]
    [InlineData("model", "text")]
    [InlineData("_hparams_/experiment", "hparams")]
    [InlineData("_hparams_/session_start_info", "hparams")]
    [InlineData("_hparams_/session_end_info", "hparams")]
    public void What_a_plugin_reads_names_it(string tag, string plugin)
    {
        List<ProtoField> value = EventRecord.ReadFolder(Write(out _)).Single(one => one.Tag == tag).Value!;
        List<ProtoField> metadata = ProtoField.Read((byte[])value.Single(field => field.Number == 9).Value);
        Assert.Equal(plugin, Text(ProtoField.Read((byte[])metadata[0].Value), 1));
        Assert.Contains(value, field => field.Number == 8);
    }

    [Fact]
    public void Hyper_parameters_and_pictures_are_there()
    {
        List<EventRecord> records = EventRecord.ReadFolder(Write(out _));
        List<ProtoField> start = records.Single(one => one.Tag == "_hparams_/session_start_info").Value!;
        Assert.Contains("learning rate", Encoding.UTF8.GetString(
            (byte[])start.Single(field => field.Number == 9).Value), StringComparison.Ordinal);
        EventRecord confusion = records.Single(one =>
            one.Tag?.StartsWith("confusion", StringComparison.Ordinal) == true);
        List<ProtoField> image = ProtoField.Read((byte[])confusion.Value!.Single(f => f.Number == 4).Value);
        Assert.Equal([36L, 36L, 1L], image.Take(3).Select(field => field.Value));
        Assert.Equal([1, 2, 3], (byte[])image[3].Value);
    }

    [Fact]
    public void A_resumed_run_goes_on_in_the_same_files_without_a_step_twice()
    {
        string folder = _scratch["broken"];
        var checkpoints = new CheckpointFolder(_scratch["checkpoints"]);
        using var source = new CancellationTokenSource();
        DataSplits parts = Tasks.Parts(60);
        Assert.Throws<TrainingCanceledException>(() => Trainer(new StopAt(4, checkpoints, source))
            .Fit(parts, source.Token));
        Trainer().Fit(parts, RunCheckpoint.Newest(checkpoints.Path));
        foreach (string tag in (string[])["step loss", "loss"])
        {
            long[] steps = [.. EventRecord.ReadFolder(Path.Combine(folder, "train")).Where(one => one.Tag == tag)
                .Select(one => one.Step)];
            Assert.Equal(tag == "loss" ? [3, 6, 9] : Enumerable.Range(1, 9).Select(step => (long)step), steps);
        }

        Trainer Trainer(params Callback[] more) =>
            Tasks.Trainer(Tasks.Mlp(), 3, 16, [new TensorBoardLog(folder), .. more]);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_a_warning()
    {
        string file = _scratch["file"];
        File.WriteAllText(file, "");
        History history = Tasks.Trainer(Tasks.Mlp(), 2, 16, new TensorBoardLog(Path.Combine(file, "log")))
            .Fit(Tasks.Parts(60));
        Assert.Single(history.Findings, finding =>
            finding.Message.Contains("TensorBoard", StringComparison.Ordinal));
    }
}
