using System.CommandLine;
using Hondo.Transfer;

namespace Hondo.Cli;

/// <summary>What the command line says of an ONNX file whose metadata do not: how its pictures are prepared, and what
/// its outputs are called.</summary>
/// <param name="Preprocessing">The text of <c>--preprocess</c>, or null.</param>
/// <param name="Classes">The text of <c>--classes</c>, or null.</param>
readonly record struct OnnxPictures(string? Preprocessing, string? Classes)
{
    /// <summary>Opens a file.</summary>
    public PretrainedNetwork Open(string path, Terminal terminal)
    {
        PretrainedNetwork network = OnnxNetworks.Open(path, Preprocessing,
            Classes is null ? null : OnnxNetworks.ReadNames(Classes));
        if (network.Note is { } note)
            terminal.Error.WriteLine($"note: {note}");
        return network;
    }

    /// <summary>Refuses the options for a model that knows these things by itself.</summary>
    public void RequireNone(string word)
    {
        if (Preprocessing is not null || Classes is not null)
            throw new UsageException($"{(Preprocessing is null ? "--classes" : "--preprocess")} is for ONNX files; "
                + $"{word} knows it by itself: leave it out.");
    }
}

/// <summary>The options of the verbs that take ONNX files.</summary>
sealed class OnnxPictureOptions
{
    readonly Option<string> _preprocess = new("--preprocess")
    {
        Description = "of an ONNX file that does not say it: how pictures are prepared, e.g. imagenet, caffe, or mean "
            + "127.5 deviation 127.5 bgr size 224 shorter 256",
        HelpName = "TEXT",
    };

    readonly Option<string> _classes = new("--classes")
    {
        Description = "of an ONNX file that does not say it: what the outputs are called: imagenet, a file with a name "
            + "on each line, or names with commas between them",
        HelpName = "NAMES",
    };

    /// <summary>Adds them to a verb.</summary>
    public Command AddTo(Command command)
    {
        command.Add(_preprocess);
        command.Add(_classes);
        return command;
    }

    /// <summary>What was said.</summary>
    public OnnxPictures Of(ParseResult parsed) => new(parsed.GetValue(_preprocess), parsed.GetValue(_classes));
}
