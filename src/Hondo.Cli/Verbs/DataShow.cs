using System.CommandLine;
using Hondo.Cli.Output;
using Hondo.Data;
using Hondo.Serialization;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo data show DATA</c>: writes a sheet of samples, as they are or as training changes them.</summary>
static class DataShow
{
    public static Command Command(Terminal terminal)
    {
        var data = new Argument<string>("DATA") { Description = "a data set's name, or a path" };
        Option<string?> augment = TrainOptions.AugmentOption();
        var file = new Option<string>("--out") { Description = "the PNG to write; NAME.png", HelpName = "FILE" };
        var seed = NumberOption.Seed("what the changes depend on; 1");
        var command = new Command("show", "Write a PNG with samples of each class.") { data, augment, file, seed };
        command.SetAction(parsed =>
        {
            if (parsed.GetResult(augment) is null)
                Applicability.Refuse(parsed, "is what the changes of --augment depend on, but there are none", seed);
            DataSource source = DataSource.Open(parsed.GetValue(data)!,
                new() { Progress = new DownloadLines(terminal) });
            Dataset train = source.Parts.Train;
            Augmentation? augmentation = parsed.GetResult(augment) is null ? null
                : TransformCatalog.Parse(parsed.GetValue(augment) ?? Recipe.AugmentFor(train));
            string path = parsed.GetValue(file) ?? $"{source.Name}.png";
            ImageFile.Write(path, SampleSheet.Draw(train, augmentation, parsed.GetValue(seed) ?? 1));
            terminal.Out.WriteLine(path);
        });
        return command;
    }
}
