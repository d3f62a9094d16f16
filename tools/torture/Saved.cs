using System.Globalization;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Torture;

/// <summary>A state in which every number is its step: one that is torn or mixed cannot look whole.</summary>
static class Saved
{
    // The size of a small model with its optimizer.
    const int Numbers = 20_000;

    const string ModelName = "model.safetensors", StateName = "state.safetensors";

    public static Safetensors State(long step) => new(new Dictionary<string, Tensor>
    {
        ["numbers"] = Tensor.Full([Numbers], step),
    }, new Dictionary<string, string> { ["hondo.step"] = step.ToString(CultureInfo.InvariantCulture) });

    public static Dictionary<string, Action<Stream>> Files(long step) => new()
    {
        [ModelName] = State(step).Write,
        [StateName] = State(step).Write,
    };

    /// <summary>The step of the newest checkpoint; 0 when there is none.</summary>
    /// <param name="folder">The folder of checkpoints.</param>
    /// <param name="damaged">Told of what is damaged.</param>
    public static long Newest(string folder, Action<string> damaged)
    {
        if (new CheckpointFolder(folder).FindNewest(damaged) is not { } newest)
            return 0;
        long model = Read(Path.Combine(newest, ModelName), damaged), state = Read(Path.Combine(newest, StateName),
            damaged);
        if (model != state || !newest.EndsWith($"-{model}", StringComparison.Ordinal))
            damaged($"{newest} holds steps {model} and {state}");
        return model;
    }

    /// <summary>The step of a file; 0 when it is damaged.</summary>
    public static long Read(string path, Action<string> damaged)
    {
        try
        {
            Safetensors file = Safetensors.Read(path);
            long step = long.Parse(file.Metadata["hondo.step"], CultureInfo.InvariantCulture);
            if (file.Tensors["numbers"].ToArray<float>().Any(number => number != step))
                damaged($"{path} is mixed");
            return step;
        }
        catch (DataFormatException error)
        {
            damaged(error.Message);
            return 0;
        }
    }
}
