using System.Text;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Fuzz.Readers;

/// <summary>Every reader of Hondo.</summary>
static class ReaderList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Reader> All { get; } =
    [
        new("safetensors", Samples.Safetensors, bytes => Safetensors.Read(new MemoryStream(bytes), "x.safetensors"),
            IsFormat),
        new("models", Samples.ModelHeaders, Uses.Model, IsFormat) { IsText = true },
        new("checkpoints", Samples.Checkpoint, Uses.Checkpoint, IsFormat),
        new("checkpoint-folders", SavedTraining.Texts, Uses.CheckpointFolder, IsResume) { IsText = true },
        new("runs", Samples.Runs, Uses.Run, IsFormat) { IsText = true, Grammar = Samples.OddRun },
        new("idx", Samples.Idx, bytes => IdxFile.Read(new MemoryStream(bytes), "x-ubyte"), IsFormat),
        new("csv", Samples.Csv, Uses.Csv, IsFormat) { IsText = true },
        new("csv-bytes", Samples.Csv, Uses.Csv, IsFormat),
        new("png", Samples.Png, bytes => Uses.Picture(bytes, "x.png"), IsFormat) { Grammar = Samples.OddPng },
        new("jpeg", Samples.Jpeg, bytes => Uses.Picture(bytes, "x.jpg"), IsFormat),
        new("cifar", Samples.Cifar, Uses.Cifar, IsFormat),
        new("texts", Samples.Texts, Uses.Text, IsFormat),
        new("model-texts", Samples.ModelTexts, Uses.ModelText, IsCallText) { IsText = true },
        new("optimizer-texts", Samples.OptimizerTexts, Uses.OptimizerText, IsCallText) { IsText = true },
        new("schedule-texts", Samples.ScheduleTexts, Uses.ScheduleText, IsCallText) { IsText = true },
        new("augment-texts", Samples.AugmentTexts, Uses.AugmentText, IsCallText) { IsText = true },
    ];

    static bool IsFormat(Exception error) => error is DataFormatException;

    // With other numbers of an optimizer a training may diverge: said so.
    static bool IsResume(Exception error) => IsFormat(error) || error is NonFiniteException;

    // A right text may describe a model that is too large to be made: its weights say so.
    static bool IsCallText(Exception error) => error is CallTextException or ShapeException;

    /// <summary>The bytes of texts.</summary>
    public static byte[][] Bytes(params ReadOnlySpan<string> texts)
    {
        var all = new byte[texts.Length][];
        for (int i = 0; i < all.Length; i++)
            all[i] = Encoding.UTF8.GetBytes(texts[i]);
        return all;
    }
}
